import type { ClosureDetail } from './closure-detail.ts'

/** Details of closures by key: those that this process has made, and those on the disk when somebody asks for one. */
export class ClosureDetails {
  readonly #details = new Map<string, ClosureDetail>()
  #read: (() => ReadonlyMap<string, ClosureDetail>) | undefined

  constructor(read?: () => ReadonlyMap<string, ClosureDetail>) {
    this.#read = read
  }

  get(key: string): ClosureDetail | undefined {
    return this.#details.get(key) ?? this.all.get(key)
  }

  set(key: string, detail: ClosureDetail): void {
    this.#details.set(key, detail)
  }

  get all(): ReadonlyMap<string, ClosureDetail> {
    const stored = this.#read?.()
    this.#read = undefined
    for (const [key, detail] of stored ?? []) if (!this.#details.has(key)) this.#details.set(key, detail)
    return this.#details
  }
}
