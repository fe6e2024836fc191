import type { Token } from '../container/token.ts'
import type { Component } from '../plugin/component.ts'
import { errorRecord, type ErrorRecord } from '../records/error-record.ts'
import { isPathUse, resolvePlugin, useParts } from '../plugin/resolve-plugin.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import { checkedPart, openStack, type StackEnvironment } from '../stack/open-stack.ts'
import { placedError, PORT_TOKENS, stackParts, type StackPart } from '../stack/stack-parts.ts'

/** How a stack is checked. */
export interface StackCheck {
  /** Whether files of the project that it names are loaded, which runs them. */
  readonly allowCode: boolean
  /** Whether components are created and talk to their services. */
  readonly talk: boolean
}

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
  const found = await Promise.all(parts.map((part) => checkOne(part, { definition, environment, check })))
  const isSound = found.every(({ state }) => state === 'valid')
  return check.talk && isSound ? talkTo(found, definition, environment) : found
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
): Promise<CheckedComponent> {
  const use = part.reference.use ?? 'code'
  const about = { port: part.port, use }
  try {
    if (!check.allowCode && isPathUse(use)) {
      return { ...about, plugin: foundFile(part, use, environment), state: 'unchecked' }
    }
    const { loaded } = await checkedPart(part, definition.name, environment)
    return { ...about, plugin: loaded.plugin, type: loaded.type, state: 'valid' }
  } catch (error) {
    return { ...about, state: 'invalid', problem: problemOf(error) }
  }
}

function foundFile({ path }: StackPart, use: string, environment: StackEnvironment): string {
  try {
    return resolvePlugin(useParts(use).name, environment).packageName
  } catch (error) {
    throw placedError(error, environment.place?.([...path, 'use']))
  }
}

async function talkTo(
  components: readonly CheckedComponent[],
  definition: StackDefinition,
  environment: StackEnvironment,
): Promise<readonly CheckedComponent[]> {
  await using stack = await openStack(definition, environment)
  const talked: CheckedComponent[] = []
  for (const { port } of stackParts(definition)) {
    const component = components.find((one) => one.port === port)
    if (component === undefined) continue
    try {
      // Sound: the components of every port are components.
      const instance = await stack.get(PORT_TOKENS[port] as symbol as Token<Component>)
      await instance.check?.()
      talked.push(component)
    } catch (error) {
      talked.push({ ...component, state: 'invalid', problem: problemOf(error) })
    }
  }
  return talked
}

function problemOf(error: unknown): CheckedComponent['problem'] {
  const { code, message, hint } = errorRecord(error)
  return { code, message, hint }
}
