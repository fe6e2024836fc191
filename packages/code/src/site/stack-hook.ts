/** The name of Node's own function, which is there unless something else makes stacks readable. */
const NODE_HOOK = 'ErrorPrepareStackTrace'

/** A hook that maps the stacks of this process by its own source maps, as test runners set one. */
export function foreignStackHook(): Function | undefined {
  const hook: unknown = Reflect.get(Error, 'prepareStackTrace')
  return typeof hook === 'function' && hook.name !== NODE_HOOK ? hook : undefined
}
