import { Session, type Runtime } from 'node:inspector'

const KEY = Symbol.for('cairn random projects')
/** What the debugger holds on to until it is told to let go: whole realms, otherwise. */
const GROUP = 'captured'

/** Reads what functions of this process capture, by V8's own debugger. */
export class CapturedValues {
  readonly #session = new Session()

  constructor() {
    this.#session.connect()
  }

  /** The values of captured names as text, or `undefined` if one of them is not plain data. */
  read(of: unknown, names: readonly string[]): string | undefined {
    const values = new Map<string, string | undefined>()
    for (const scope of this.#scopesOf(of)) {
      for (const { name, value } of this.#properties(scope).result) {
        if (names.includes(name) && !values.has(name)) values.set(name, value && this.#text(value))
      }
    }
    this.#post('Runtime.releaseObjectGroup', { objectGroup: GROUP })
    Reflect.deleteProperty(globalThis, KEY)
    const texts = names.map((name) => values.get(name))
    return texts.includes(undefined) ? undefined : JSON.stringify(texts)
  }

  /** The closest first. */
  #scopesOf(of: unknown): readonly string[] {
    Reflect.set(globalThis, KEY, of)
    const expression = `globalThis[Symbol.for('cairn random projects')]`
    const { objectId } = this.#post<Runtime.EvaluateReturnType>('Runtime.evaluate', {
      expression,
      objectGroup: GROUP,
    }).result
    if (objectId === undefined) return []
    const scopes = this.#properties(objectId).internalProperties?.find(({ name }) => name === '[[Scopes]]')
    if (scopes?.value?.objectId === undefined) return []
    return this.#properties(scopes.value.objectId).result.flatMap(({ value }) => value?.objectId ?? [])
  }

  #text(value: Runtime.RemoteObject): string | undefined {
    if (value.type === 'function' || value.type === 'symbol') return undefined
    if (value.objectId === undefined) return JSON.stringify([value.type, value.value, value.unserializableValue])
    const { objectId } = value
    const json = this.#post<Runtime.CallFunctionOnReturnType>('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: 'function () { return JSON.stringify([this.constructor.name, this]) }',
    })
    return typeof json.result.value === 'string' ? json.result.value : undefined
  }

  #properties(objectId: string): Runtime.GetPropertiesReturnType {
    return this.#post('Runtime.getProperties', { objectId, ownProperties: true })
  }

  /** In one thread, the answer is there before `post` returns. */
  #post<T>(method: string, parameters: object): T {
    const answers: T[] = []
    this.#session.post(method, parameters, (error: Error | null, answer: unknown) => {
      // Sound: callers name the type that the protocol gives for the method.
      if (error === null) answers.push(answer as T)
    })
    const [answer] = answers
    if (answer === undefined) throw new Error(`The debugger has no answer to ${method}.`)
    return answer
  }
}
