import type { Debugger, Runtime, Session } from 'node:inspector'

/** Where V8 has a function: the script, and the place in it as it was compiled. */
export interface ScriptPlace {
  readonly url: string
  /** The `sourceMappingURL` of the script; empty without one. */
  readonly sourceMapUrl: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}

/** What a variable of a scope holds; absent where it has no value yet. */
export type ScopeVariable = readonly [name: string, value?: Runtime.RemoteObject | undefined]

const OBJECTS = 'cairn'
const OUTER_SCOPES = /^(?:Global|Script|Module)\b/

/**
 * A connection to the inspector of this very thread, without a port. Everything is answered at once, and what it hands
 * out is valid until `release`.
 */
export class InspectorConnection implements Disposable {
  readonly #session: Session
  readonly #scripts = new Map<string, Debugger.ScriptParsedEventDataType>()
  /** A name on the global object, there only for the time of one question. */
  readonly #key = `__cairn_captured_${Math.random().toString(36).slice(2)}`

  private constructor(session: Session) {
    this.#session = session
    session.on('Debugger.scriptParsed', ({ params }) => this.#scripts.set(params.scriptId, params))
  }

  /**
   * @throws Error where this process has no inspector, or forbids it
   */
  static open(): InspectorConnection {
    const { Session } = process.getBuiltinModule('node:inspector')
    const session = new Session()
    session.connect()
    return new InspectorConnection(session)
  }

  /** Variables of the scopes around a function, innermost scope first, or `undefined` if it has none: it is native. */
  *variables(fn: Function): Generator<ScopeVariable, void, undefined> {
    const scopes = this.#internal(fn, '[[Scopes]]')?.objectId
    if (scopes === undefined) return
    for (const scope of this.#properties(scopes)) {
      const { objectId, description = '' } = scope.value ?? {}
      if (objectId === undefined || !/^\d+$/.test(scope.name) || OUTER_SCOPES.test(description)) continue
      for (const { name, value } of this.#properties(objectId)) yield [name, value]
    }
  }

  /** Where a function was compiled, or `undefined` for a native or bound one. */
  place(fn: Function): ScriptPlace | undefined {
    // The protocol says `any`; this property is documented as a location.
    const location = this.#internal(fn, '[[FunctionLocation]]')?.value as Debugger.Location | undefined
    if (location === undefined) return undefined
    if (!this.#scripts.has(location.scriptId)) this.#readScripts()
    const script = this.#scripts.get(location.scriptId)
    if (script === undefined) return undefined
    const { url, sourceMapURL: sourceMapUrl = '' } = script
    return { url, sourceMapUrl, line: location.lineNumber + 1, column: (location.columnNumber ?? 0) + 1 }
  }

  /** The very value that the inspector speaks of: not a copy. */
  live(remote: Runtime.RemoteObject): unknown {
    const { objectId, unserializableValue, type } = remote
    if (objectId !== undefined) return this.#take(objectId)
    if (unserializableValue === undefined) return remote.value
    return type === 'bigint' ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue)
  }

  /** Lets go of all objects that were handed out. */
  release(): void {
    this.#session.post('Runtime.releaseObjectGroup', { objectGroup: OBJECTS })
  }

  [Symbol.dispose](): void {
    this.#session.disconnect()
  }

  #internal(fn: Function, name: string): Runtime.RemoteObject | undefined {
    const objectId = this.#objectOf(fn)
    const found = this.#ask<Runtime.GetPropertiesReturnType>((done) => {
      this.#session.post('Runtime.getProperties', { objectId, ownProperties: true }, done)
    })
    return found.internalProperties?.find((property) => property.name === name)?.value
  }

  #properties(objectId: string): readonly Runtime.PropertyDescriptor[] {
    return this.#ask<Runtime.GetPropertiesReturnType>((done) => {
      this.#session.post('Runtime.getProperties', { objectId, ownProperties: true }, done)
    }).result
  }

  #objectOf(fn: Function): string {
    const expression = `globalThis[${JSON.stringify(this.#key)}]`
    const { result } = this.#withGlobal(fn, () =>
      this.#ask<Runtime.EvaluateReturnType>((done) => {
        this.#session.post('Runtime.evaluate', { expression, objectGroup: OBJECTS, silent: true }, done)
      }),
    )
    if (result.objectId === undefined) throw new Error('the inspector does not see this function')
    return result.objectId
  }

  #take(objectId: string): unknown {
    const taken: unknown[] = []
    const functionDeclaration = `function () { 'use strict'; globalThis[${JSON.stringify(this.#key)}](this) }`
    this.#withGlobal(
      (value: unknown) => {
        taken[0] = value
      },
      () =>
        this.#ask<Runtime.CallFunctionOnReturnType>((done) => {
          this.#session.post('Runtime.callFunctionOn', { objectId, functionDeclaration, silent: true }, done)
        }),
    )
    if (taken.length === 0) throw new Error('the inspector gives no access to a value')
    return taken[0]
  }

  #withGlobal<Result>(value: unknown, ask: () => Result): Result {
    Object.defineProperty(globalThis, this.#key, { value, configurable: true })
    try {
      return ask()
    } finally {
      Reflect.deleteProperty(globalThis, this.#key)
    }
  }

  /** The debugger tells of all scripts when it is switched on. It is off again at once: it slows code down. */
  #readScripts(): void {
    this.#session.post('Debugger.enable')
    this.#session.post('Debugger.disable')
  }

  #ask<Answer>(post: (done: (error: Error | null, answer: Answer) => void) => void): Answer {
    const answers: Answer[] = []
    post((error, answer) => {
      if (error !== null) throw new Error(error.message)
      answers.push(answer)
    })
    const [answer] = answers
    if (answer === undefined) throw new Error('the inspector does not answer')
    return answer
  }
}
