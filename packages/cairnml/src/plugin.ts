/**
 * What components are made of: `definePlugin`, the ports, the components that Cairn brings, and errors. It is
 * `@cairnml/core` of this installation, for a file of a project that a stack names (`use: ./my-policy.ts`): it needs no
 * further package, and there is one copy of what it shares with Cairn. A package that others install is made with
 * `@cairnml/core` as a peer.
 *
 * All of it is passed on as it is, and not name by name, so that `declare module 'cairnml/plugin'` can add to
 * `ComponentSettings`.
 *
 * @packageDocumentation
 */
import './check-runtime.ts'

export * from '@cairnml/core'
