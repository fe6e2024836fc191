import type { Token } from '../container/token.ts'
import type { Component } from '../plugin/component.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { errorRecord, type ErrorRecord } from '../records/error-record.ts'
import { isPathUse, resolvePlugin, useParts } from '../plugin/resolve-plugin.ts'
import type { LoadedComponent } from '../plugin/load-plugin.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import { checkedPart, openStack, type StackEnvironment } from '../stack/open-stack.ts'
import { misfits } from '../stack/stack-fit.ts'
import { placedError, PORT_TOKENS, stackParts, type StackPart } from '../stack/stack-parts.ts'

/** How a stack is checked. */
export interface StackCheck {
  /** Whether files of the project that it names are loaded, which runs them. */
  readonly allowCode: boolean
  /** Whether components are created and talk to their services. */
  readonly talk: boolean
  /** How long each component may take to answer. @default 30000 */
  readonly timeoutMs?: number | undefined
  /** Ends the waiting for answers. */
  readonly signal?: AbortSignal | undefined
}

const DEFAULT_TIMEOUT_MS = 30_000

/** A component as far as it is known. */
export interface CheckedComponent {
  readonly port: string
  readonly use: string
  /** The package that supplies it; absent where nothing does, or it was not loaded. */
  readonly plugin?: string | undefined
  readonly type?: string | undefined
  /** What checking it came to; `unchecked` is a file of the project that was not loaded. */
  readonly state: 'valid' | 'invalid' | 'unchecked'
  readonly problem?: Pick<ErrorRecord, 'code' | 'message' | 'hint'> | undefined
}

/**
 * Looks at every component of a stack, so that all of its faults are told at once. Nothing is created and no secret is
 * read, unless it may talk.
 */
export async function checkStack(
  definition: StackDefinition,
  environment: StackEnvironment,
  check: StackCheck,
): Promise<readonly CheckedComponent[]> {
  const parts = stackParts(definition)
  const looked = await Promise.all(parts.map((part) => checkOne(part, { definition, environment, check })))
  const filled = looked.flatMap(({ part, loaded }) => (loaded === undefined ? [] : [{ part, loaded }]))
  const unfit = misfits(filled, environment.place)
  const found = looked.map(({ component }) => {
    const misfit = unfit.find(({ port }) => port === component.port)
    return misfit === undefined ? component : invalid(component, misfit.error)
  })
  const isSound = found.every(({ state }) => state === 'valid')
  return check.talk && isSound ? talkTo(found, definition, environment, check) : found
}

interface Looked {
  readonly part: StackPart
  readonly component: CheckedComponent
  readonly loaded?: LoadedComponent
}

async function checkOne(
  part: StackPart,
  {
    definition,
    environment,
    check,
  }: {
    readonly definition: StackDefinition
    readonly environment: StackEnvironment
    readonly check: StackCheck
  },
): Promise<Looked> {
  const use = part.reference.use ?? 'code'
  const about = { port: part.port, use }
  try {
    if (!check.allowCode && isPathUse(use)) {
      return { part, component: { ...about, plugin: foundFile(part, use, environment), state: 'unchecked' } }
    }
    const { loaded } = await checkedPart(part, definition.name, environment)
    return { part, loaded, component: { ...about, plugin: loaded.plugin, type: loaded.type, state: 'valid' } }
  } catch (error) {
    return { part, component: invalid(about, error) }
  }
}

function foundFile({ path }: StackPart, use: string, environment: StackEnvironment): string {
  try {
    return resolvePlugin(useParts(use).name, environment).packageName
  } catch (error) {
    throw placedError(error, environment.place?.([...path, 'use']))
  }
}

/** Creates all components and asks each at once; one that fails does not keep the others from answering. */
async function talkTo(
  components: readonly CheckedComponent[],
  definition: StackDefinition,
  environment: StackEnvironment,
  { signal, timeoutMs = DEFAULT_TIMEOUT_MS }: StackCheck,
): Promise<readonly CheckedComponent[]> {
  const stack = await openStack(definition, environment)
  const answers = await Promise.all(
    stackParts(definition).flatMap(({ port }) => {
      const component = components.find((one) => one.port === port)
      if (component === undefined) return []
      // Sound: the components of every port are components.
      const instance = stack.get(PORT_TOKENS[port] as symbol as Token<Component>)
      const name = `${port} (${component.type ?? component.use})`
      return inTime(instance, { name, timeoutMs, signal }).then(
        () => component,
        (error: unknown) => invalid(component, error),
      )
    }),
  )
  const closed = Promise.resolve(stack[Symbol.asyncDispose]())
  const isLate = answers.some(({ problem }) => problem?.code === 'CAIRN_COMPONENT_CHECK')
  // A component that gave no answer may keep its stack from being closed.
  if (isLate || signal?.aborted === true) void closed.catch(() => undefined)
  else await closed
  return answers
}

/** Not even a component that ignores its signal is waited for any longer. */
async function inTime(
  instance: Promise<Component>,
  {
    name,
    timeoutMs,
    signal: outer,
  }: { readonly name: string; readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const controller = new AbortController()
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal])
  const late = cairnError('CAIRN_COMPONENT_CHECK', {
    component: name,
    problem: `no answer within ${timeoutMs / 1000} s`,
  })
  const timer = setTimeout(() => controller.abort(late), timeoutMs)
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

function invalid(component: Omit<CheckedComponent, 'state' | 'problem'>, error: unknown): CheckedComponent {
  const { code, message, hint } = errorRecord(error)
  return { ...component, state: 'invalid', problem: { code, message, hint } }
}
