import type { GivenTo, ParameterUse } from './module-summary.ts'
import { keyText } from './syntax.ts'
import type { Walker } from './walker.ts'
import type { Node } from 'oxc-parser'

/** Collects how a name of a scope is used: by literal members, by being given to functions, or otherwise. */
export class NameUse {
  readonly #members = new Map<string, number>()
  readonly #givenTo: GivenTo[] = []
  #wholeAt: number | undefined

  member(name: string, line: number): void {
    if (!this.#members.has(name)) this.#members.set(name, line)
  }

  give(given: GivenTo): void {
    this.#givenTo.push(given)
  }

  /** Any of it may be used. */
  whole(line: number): void {
    this.#wholeAt ??= line
  }

  /** Notes what a pattern takes out. */
  pattern(pattern: Node, { module }: Walker): void {
    const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern
    if (target.type !== 'ObjectPattern') return this.whole(module.lineAt(pattern.start))
    for (const part of target.properties) {
      const line = module.lineAt(part.start)
      const key = part.type === 'RestElement' ? undefined : keyText(part.key, part.computed)
      if (key === undefined) this.whole(line)
      else this.member(key, line)
    }
  }

  /** What an `arguments` of this use says of a parameter. */
  asArgument(index: number): number | undefined {
    return this.#wholeAt ?? this.#members.get(String(index))
  }

  finish(): ParameterUse {
    return {
      ...(this.#members.size > 0 && {
        members: [...this.#members.keys()],
        memberLines: [...this.#members.values()],
      }),
      ...(this.#givenTo.length > 0 && { givenTo: this.#givenTo }),
      ...(this.#wholeAt !== undefined && { wholeAt: this.#wholeAt }),
    }
  }
}
