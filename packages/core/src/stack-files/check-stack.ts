import type { ErrorRecord } from '../records/error-record.ts'
import { isPathUse } from '../plugin/plugin-file.ts'
import { resolvePlugin, useParts } from '../plugin/resolve-plugin.ts'
import type { LoadedComponent } from '../plugin/load-plugin.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import { checkedPart, type StackEnvironment } from '../stack/open-stack.ts'
import { misfits } from '../stack/stack-fit.ts'
import { isWritten, placedError, stackParts, type StackPart } from '../stack/stack-parts.ts'
import { invalidComponent } from './invalid-component.ts'
import { loadedInTime } from './load-limit.ts'
import { talkTo, type StackTalk } from './talk-to-components.ts'

/** How a stack is checked. */
export interface StackCheck {
  /** Whether files of the project that it names are loaded, which runs them. */
  readonly allowCode: boolean
  /** Whether components are created and talk to their services. */
  readonly talk: boolean
  /** How long each component may take to be loaded, and then to answer. @default 10000 and 30000 */
  readonly timeoutMs?: number | undefined
  /** Told where a component is not waited for any longer: it may keep the process from ending. */
  readonly onLate?: (() => void) | undefined
  /** Ends the waiting for answers. */
  readonly signal?: AbortSignal | undefined
}

/** A component as far as it is known. */
export interface CheckedComponent {
  readonly port: string
  readonly use: string
  /** The package that supplies it; absent where nothing does, or it was not loaded. */
  readonly plugin?: string | undefined
  readonly type?: string | undefined
  /** Where the stack names it; absent where it comes from the default stack or from code. */
  readonly at?: string | undefined
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
    return misfit === undefined ? component : invalidComponent(component, misfit.error)
  })
  const isSound = found.every(({ state }) => state === 'valid')
  return check.talk && isSound ? talkTo(found, { definition, environment, check }) : found
}

interface Looked {
  readonly part: StackPart
  readonly component: CheckedComponent
  readonly loaded?: LoadedComponent
}

async function checkOne(part: StackPart, { definition, environment, check }: StackTalk): Promise<Looked> {
  const use = part.reference.use ?? 'code'
  const about = { port: part.port, use, at: isWritten(part, definition) ? environment.place?.(part.path) : undefined }
  try {
    if (!check.allowCode && isPathUse(use)) {
      return { part, component: { ...about, plugin: await foundFile(part, use, environment), state: 'unchecked' } }
    }
    const checking = checkedPart(part, definition.name, environment)
    const { loaded } = check.talk ? await loadedInTime(checking, use, check) : await checking
    return { part, loaded, component: { ...about, plugin: loaded.plugin, type: loaded.type, state: 'valid' } }
  } catch (error) {
    return { part, component: invalidComponent(about, error) }
  }
}

async function foundFile({ path }: StackPart, use: string, environment: StackEnvironment): Promise<string> {
  try {
    return (await resolvePlugin(useParts(use).name, environment)).packageName
  } catch (error) {
    throw placedError(error, environment.place?.([...path, 'use']))
  }
}
