import {
  CairnError,
  cairnError,
  isCairnError,
  isList,
  readArtifact,
  requiredPort,
  type ArtifactStore,
  type OutsideState,
  type Port,
  type StepDefinition,
  type StepInvocation,
} from '@cairnml/core'

import type { WorkFolder } from './work-folder.ts'

/** How a worker reaches artifacts. */
export interface WorkerIo {
  readonly store: ArtifactStore
  readonly signal: AbortSignal
  readonly folder: WorkFolder
  /** How references are looked at. @default everything is looked at anew */
  readonly outside?: OutsideState | undefined
  /** Told what could not be said of an output that is stored all the same. */
  readonly warn?: ((sentence: string) => void) | undefined
}

/** The values of all inputs, before the function runs. Absent optional inputs are left out. */
export async function loadInputs(
  invocation: StepInvocation,
  step: StepDefinition,
  io: WorkerIo,
): Promise<Readonly<Record<string, unknown>>> {
  const values: Record<string, unknown> = {}
  for (const [name, input] of Object.entries(invocation.inputs)) {
    const port = step.ports.inputs[name]
    if (port === undefined) continue
    const where = `The input "${name}" of step "${invocation.invocation}"`
    const context = {
      store: io.store,
      signal: io.signal,
      outside: io.outside,
      where,
      // A folder is made only for types that need one.
      get workDir(): string {
        return io.folder.path
      },
    }
    const locate = (error: unknown): never => {
      throw io.signal.aborted ? error : located(error, where)
    }
    const value = await readArtifact(port, input, context).catch(locate)
    // Sound: that is what such a type is read as.
    values[name] = isLazy(port) ? locatedItems(value as AsyncIterable<unknown>, locate) : value
  }
  return values
}

function isLazy(port: Port): boolean {
  const type = requiredPort(port)
  return isList(type) && type.lazy === true
}

/** Items whose faults say which input it was; each iteration begins anew. */
function locatedItems(items: AsyncIterable<unknown>, locate: (error: unknown) => never): AsyncIterable<unknown> {
  return {
    async *[Symbol.asyncIterator]() {
      const iterator = items[Symbol.asyncIterator]()
      for (;;) {
        const next = await iterator.next().catch(locate)
        if (next.done === true) return
        yield next.value
      }
    },
  }
}

/** Says which input it was, where the error does not. What a materializer threw at odd bytes gets a code, too. */
function located(error: unknown, where: string): unknown {
  const isCoded = error instanceof Error && 'code' in error
  if (!isCairnError(error))
    return isCoded ? error : cairnError('CAIRN_VALUE_INVALID', unreadable(error, where), { cause: error })
  if (error.message.includes(where)) return error
  return new CairnError({
    code: error.code,
    message: `${where} cannot be read. ${error.message}`,
    hint: error.hint,
    details: error.details,
    exitCode: error.exitCode,
    cause: error,
  })
}

function unreadable(error: unknown, where: string): { readonly where: string; readonly problem: string } {
  const text = error instanceof Error ? error.message : String(error)
  return { where, problem: `it cannot be read (${text.replace(/[.\s]+$/, '')})` }
}
