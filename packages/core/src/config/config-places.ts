import type { ConfigPath } from './config-document.ts'

/** Where something begins, counted from 1. */
export interface LinePlace {
  readonly line: number
  readonly column: number
}

/** Remembers where the values of a document are, and the names of properties. */
export class ConfigPlaces {
  readonly #file: string
  readonly #placeOf: (offset: number) => LinePlace
  readonly #keys = new Map<string, number>()
  readonly #values = new Map<string, number>()

  /** @param placeOf turns an offset in the text into line and column */
  constructor(file: string, placeOf: (offset: number) => LinePlace) {
    this.#file = file
    this.#placeOf = placeOf
  }

  /** Takes note of where a value begins, and its name where it has one. */
  note(path: ConfigPath, at: { readonly key?: number | undefined; readonly value: number }): void {
    const id = JSON.stringify(path)
    if (at.key !== undefined) this.#keys.set(id, at.key)
    this.#values.set(id, at.value)
  }

  /** The place of an offset as errors show it. */
  at(offset: number): string {
    const { line, column } = this.#placeOf(offset)
    return `${this.#file}:${line}:${column}`
  }

  /** The place of a value or of its name, else that of what is around it. */
  find(path: ConfigPath, of: 'key' | 'value' = 'value'): string {
    const first = JSON.stringify(path)
    const own = of === 'key' ? (this.#keys.get(first) ?? this.#values.get(first)) : this.#values.get(first)
    if (own !== undefined) return this.at(own)
    for (let length = path.length - 1; length >= 0; length--) {
      const id = JSON.stringify(path.slice(0, length))
      const offset = this.#keys.get(id) ?? this.#values.get(id)
      if (offset !== undefined) return this.at(offset)
    }
    return this.at(0)
  }
}
