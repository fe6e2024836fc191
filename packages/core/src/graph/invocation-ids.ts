import type { StepDefinition } from '../authoring/definition.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { assertName, foldName } from '../names/name.ts'

/** Gives out invocation ids that are unique ignoring case. */
export class InvocationIds {
  readonly #pipeline: string
  readonly #taken = new Set<string>()
  readonly #origins = new Map<string, object>()
  readonly #counts = new Map<string, number>()

  constructor(pipeline: string) {
    this.#pipeline = pipeline
  }

  /**
   * The id for a call that gave one.
   *
   * @throws CAIRN_NAME_INVALID, CAIRN_INVOCATION_TWICE
   */
  explicit(id: string): string {
    assertName('invocation id', id)
    if (this.#taken.has(foldName(id))) {
      throw cairnError('CAIRN_INVOCATION_TWICE', { pipeline: this.#pipeline, id })
    }
    this.#taken.add(foldName(id))
    return id
  }

  /**
   * The id for a call that gave none: the base name, then `base_2`, `base_3`.
   *
   * @throws CAIRN_STEP_NAME_CLASH if another step had the name first
   */
  numbered(base: string, step: StepDefinition | undefined): string {
    const key = foldName(base)
    const origin = this.#origins.get(key)
    if (step !== undefined && origin !== undefined && origin !== step.origin) {
      throw cairnError('CAIRN_STEP_NAME_CLASH', { pipeline: this.#pipeline, name: base })
    }
    if (step !== undefined) this.#origins.set(key, step.origin)
    let count = this.#counts.get(key) ?? 0
    let id: string
    do {
      count += 1
      id = count === 1 ? base : `${base}_${count}`
    } while (this.#taken.has(foldName(id)))
    this.#counts.set(key, count)
    return this.explicit(id)
  }
}
