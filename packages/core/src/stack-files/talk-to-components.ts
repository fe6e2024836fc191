import type { Token } from '../container/token.ts'
import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import type { Component } from '../plugin/component.ts'
import { reasonOf } from '../plugin/load-plugin.ts'
import { withoutSecrets } from '../secrets/known-secrets.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import { openStack, type StackEnvironment } from '../stack/open-stack.ts'
import { PORT_TOKENS, stackParts } from '../stack/stack-parts.ts'
import type { CheckedComponent, StackCheck } from './check-stack.ts'
import { invalidComponent } from './invalid-component.ts'

const DEFAULT_TIMEOUT_MS = 30_000

/** Which stack is checked, and how. */
export interface StackTalk {
  readonly definition: StackDefinition
  readonly environment: StackEnvironment
  readonly check: StackCheck
}

/** Creates all components and asks each at once; one that fails does not keep the others from answering. */
export async function talkTo(
  components: readonly CheckedComponent[],
  { definition, environment, check }: StackTalk,
): Promise<readonly CheckedComponent[]> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = check
  const stack = await openStack(definition, environment)
  let isLate = false
  const answers = await Promise.all(
    stackParts(definition).flatMap(({ port }) => {
      const component = components.find((one) => one.port === port)
      if (component === undefined) return []
      // Sound: the components of every port are components.
      const instance = stack.get(PORT_TOKENS[port] as symbol as Token<Component>)
      const name = `${port} (${component.type ?? component.use})`
      return inTime(instance, { name, timeoutMs, signal, onLate: () => void (isLate = true) }).then(
        () => component,
        (error: unknown) => invalidComponent(component, checkFault(error, name, component.use)),
      )
    }),
  )
  const closed = Promise.resolve(stack[Symbol.asyncDispose]())
  if (isLate) check.onLate?.()
  // A component that gave no answer may keep its stack from being closed.
  if (isLate || signal?.aborted === true) void closed.catch(() => undefined)
  else await closed
  return answers
}

/** What a component throws of itself gets a code. */
function checkFault(error: unknown, component: string, use: string): unknown {
  if (isCairnError(error)) return error
  return cairnError(
    'CAIRN_COMPONENT_CHECK',
    { component, problem: withoutSecrets(reasonOf(error, use)) },
    { cause: error },
  )
}

/** Not even a component that ignores its signal is waited for any longer. */
async function inTime(
  instance: Promise<Component>,
  {
    name,
    timeoutMs,
    signal: outer,
    onLate,
  }: {
    readonly name: string
    readonly timeoutMs: number
    readonly signal?: AbortSignal | undefined
    readonly onLate: () => void
  },
): Promise<void> {
  const controller = new AbortController()
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal])
  const late = cairnError('CAIRN_COMPONENT_CHECK', {
    component: name,
    problem: `no answer within ${timeoutMs / 1000} s`,
  })
  const timer = setTimeout(() => {
    onLate()
    controller.abort(late)
  }, timeoutMs)
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  try {
    await Promise.race([instance.then((component) => component.check?.({ signal })), aborted])
  } finally {
    clearTimeout(timer)
  }
}
