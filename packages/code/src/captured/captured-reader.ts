import { existsSync, realpathSync } from 'node:fs'

import { InspectorConnection } from './inspector-connection.ts'
import { placeOnDisk } from './place-on-disk.ts'

/** Where a function is in a file on disk. */
export interface FunctionPlace {
  /** Real path. */
  readonly file: string
  /** Query and fragment of the module's URL. */
  readonly query: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units: where the parameters start, or the word `class`. */
  readonly column: number
  /**
   * Whether line and column are those of the very function. If not, the code was transformed while it was loaded, and
   * the place is only near: in the same declaration, some tokens before or after the start of the function.
   */
  readonly isExact: boolean
  readonly kind: 'function' | 'class'
}

/** Why something about a function cannot be read. */
export interface Unreadable {
  /** One clause, without a full stop. */
  readonly reason: string
}

/** Reads what live functions close over. */
export interface CapturedReader extends Disposable {
  /**
   * The values that variables around a function have at this moment. Names that are not found are left out; those of
   * the module scope and `this` are never found. A variable that has no value yet makes the answer a reason.
   */
  values(fn: Function, names: readonly string[]): ReadonlyMap<string, unknown> | Unreadable
  /** Where a function is written. Native and bound functions are nowhere. */
  location(fn: Function): FunctionPlace | Unreadable
}

/** A reader that connects to the inspector of this thread when it is first asked. */
export function createCapturedReader(): CapturedReader {
  return new InspectorReader()
}

const NO_INSPECTOR: Unreadable = {
  reason: 'what its function captures cannot be read, because this process allows no inspector',
}
const NOT_READ: Unreadable = { reason: 'what its function captures cannot be read' }
const NOWHERE: Unreadable = { reason: 'it is native or bound' }
const IN_NO_FILE: Unreadable = { reason: 'its source is in no file' }

class InspectorReader implements CapturedReader {
  #connection: InspectorConnection | undefined

  values(fn: Function, names: readonly string[]): ReadonlyMap<string, unknown> | Unreadable {
    if (names.length === 0) return new Map()
    return this.#read((connection) => {
      const wanted = new Set(names)
      const found = new Map<string, unknown>()
      for (const [name, remote] of connection.variables(fn)) {
        // Only the innermost variable of a name is the one that the function sees.
        if (!wanted.delete(name)) continue
        if (remote === undefined) return { reason: `${name}, which its function uses, has no value yet` }
        found.set(name, connection.live(remote))
      }
      return found
    })
  }

  location(fn: Function): FunctionPlace | Unreadable {
    return this.#read((connection) => {
      const place = connection.place(fn)
      if (place === undefined) return NOWHERE
      const onDisk = placeOnDisk(place)
      if (onDisk === undefined || !existsSync(onDisk.file)) return IN_NO_FILE
      const kind = Function.prototype.toString.call(fn).startsWith('class') ? 'class' : 'function'
      return { ...onDisk, file: realpathSync(onDisk.file), kind }
    })
  }

  [Symbol.dispose](): void {
    this.#connection?.[Symbol.dispose]()
    this.#connection = undefined
  }

  #read<Result>(read: (connection: InspectorConnection) => Result): Result | Unreadable {
    const connection = this.#connected()
    if (connection === undefined) return NO_INSPECTOR
    try {
      return read(connection)
    } catch {
      return NOT_READ
    } finally {
      connection.release()
    }
  }

  #connected(): InspectorConnection | undefined {
    try {
      return (this.#connection ??= InspectorConnection.open())
    } catch {
      return undefined
    }
  }
}
