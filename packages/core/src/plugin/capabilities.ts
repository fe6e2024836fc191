/**
 * What components may be able to do beyond what their port asks of all, by port. All but `remote` are seen in the
 * component, too, as a flag of `capabilities` or a method, and are tried by the conformance kit.
 */
export interface Capabilities {
  readonly orchestrator: never
  readonly artifactStore: 'remote' | 'ifAbsent'
  readonly metadataStore: 'remote'
  readonly cachePolicy: never
  readonly cacheIndex: 'remote' | 'acquire' | 'beater' | 'secret'
  readonly provenance: never
}

/** What a component needs of the others in its stack, by port: `{ artifactStore: ['remote'] }`. */
export type Requirements = { readonly [P in keyof Capabilities]?: readonly Capabilities[P][] }

const UNREACHABLE = 'other machines cannot reach it'

const LACKS: { readonly [P in keyof Capabilities]: Readonly<Record<Capabilities[P], string>> } = {
  orchestrator: {},
  artifactStore: {
    remote: UNREACHABLE,
    ifAbsent: 'of several writers of one object it cannot tell which was first',
  },
  metadataStore: { remote: UNREACHABLE },
  cachePolicy: {},
  cacheIndex: {
    remote: UNREACHABLE,
    acquire: 'it cannot keep two processes from equal work at the same time',
    beater: 'its leases are lost while a step keeps its thread busy',
    secret: 'every project folder hashes variables under a secret of its own',
  },
  provenance: {},
}

/** What the lack of a capability means, as a clause. */
export function lackOf(port: keyof Capabilities, capability: string): string {
  const meanings: Readonly<Record<string, string>> = LACKS[port]
  return Object.hasOwn(meanings, capability) ? (meanings[capability] ?? '') : 'it is not known to this version of Cairn'
}
