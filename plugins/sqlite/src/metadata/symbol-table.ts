import type { Database } from '../database/database.ts'

const REMEMBERED = 20_000

/** Text that many rows share, stored once. Symbols are never deleted, so what is remembered stays true. */
export class SymbolTable {
  readonly #database: Database
  #ids = new Map<string, number>()
  #texts = new Map<number, string>()
  #uncommitted: string[] = []

  constructor(database: Database) {
    this.#database = database
  }

  /** Number of a text, or `undefined` where it is not stored. */
  find(text: string): number | undefined {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const row = this.#database.prepare('SELECT id FROM symbol WHERE text = ?').get(text)
    if (row === undefined) return undefined
    return this.#remember(Number(row.id), text)
  }

  /** Number of a text, which is stored where it is not yet; to be called within a transaction. */
  intern(text: string): number {
    const found = this.find(text)
    if (found !== undefined) return found
    const { lastInsertRowid } = this.#database.prepare('INSERT INTO symbol (text) VALUES (?)').run(text)
    this.#uncommitted.push(text)
    return this.#remember(Number(lastInsertRowid), text)
  }

  /** Text of a number that is stored. */
  text(id: number): string {
    const known = this.#texts.get(id)
    if (known !== undefined) return known
    const text = String(this.#database.prepare('SELECT text FROM symbol WHERE id = ?').get(id)?.text)
    this.#remember(id, text)
    return text
  }

  /** Takes notice of how the transaction ended. */
  settle(committed: boolean): void {
    if (!committed && this.#uncommitted.length > 0) this.#forget()
    this.#uncommitted = []
  }

  #remember(id: number, text: string): number {
    if (this.#ids.size >= REMEMBERED) this.#forget()
    this.#ids.set(text, id)
    this.#texts.set(id, text)
    return id
  }

  #forget(): void {
    this.#ids = new Map()
    this.#texts = new Map()
  }
}
