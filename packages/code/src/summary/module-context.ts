import type { Node } from 'oxc-parser'

import type { ModuleText } from './summarize-module.ts'
import type { Definition, ImportedName, LooseImplementation, ModuleRequest } from './module-summary.ts'

/** Comments that choose a runtime of JSX for one file. */
interface JsxComments {
  /** The package of the runtime; empty without such a comment. */
  readonly source: string
  /** Whether there are others, which change how JSX is compiled. */
  readonly isUnknown: boolean
}

const JSX_SOURCE = /@jsxImportSource\s+([^\s*]+)/
const JSX_OTHER = /@jsx(?:Runtime|Frag)?\s/

/** What the pieces of one module have in common while they are walked. */
export class ModuleContext {
  readonly imports: Record<string, ImportedName> = Object.create(null)
  /** Units by the names that they declare. */
  readonly unitNames: Map<string, number> = new Map()
  /** Names of units that are a `require` of this module. */
  readonly requires: Set<string> = new Set()
  /** Names of units that are other names of `process.env`. */
  readonly environmentNames: Set<string> = new Set()
  /** What constants of the module scope are initialised with. */
  readonly constants: Map<string, Node> = new Map()
  readonly looseImplementations: LooseImplementation[] = []
  /** Index of the unit that is walked. */
  unit = 0
  readonly #definitionIndices = new Map<number, number>()
  readonly #definitions: (Definition | undefined)[] = []
  readonly isCommonJs: boolean
  /** A call that is a definition whatever it looks like, by the offset of the last name of its callee. */
  readonly definitionAt: number | undefined
  readonly #requests = new Map<string, ModuleRequest>()
  readonly #text: string
  #jsxComments: JsxComments | undefined
  readonly isTypeScript: boolean
  #lineStarts: number[] | undefined

  constructor({ file, text, definitionAt }: ModuleText, isCommonJs: boolean) {
    this.#text = text
    this.isTypeScript = /\.[cm]?tsx?$/.test(file)
    this.isCommonJs = isCommonJs
    this.definitionAt = definitionAt
  }

  get jsxComments(): JsxComments {
    return (this.#jsxComments ??= {
      source: JSX_SOURCE.exec(this.#text)?.[1] ?? '',
      isUnknown: JSX_OTHER.test(this.#text),
    })
  }

  get requests(): readonly ModuleRequest[] {
    return [...this.#requests.values()]
  }

  get definitions(): readonly Definition[] {
    return this.#definitions.filter((definition) => definition !== undefined)
  }

  /** The index of the definition whose call starts at an offset, and whether it is seen for the first time. */
  definitionAtStart(start: number): { readonly index: number; readonly isNew: boolean } {
    const known = this.#definitionIndices.get(start)
    if (known !== undefined) return { index: known, isNew: false }
    const index = this.#definitions.push(undefined) - 1
    this.#definitionIndices.set(start, index)
    return { index, isNew: true }
  }

  setDefinition(index: number, definition: Definition): void {
    this.#definitions[index] = definition
  }

  request(specifier: string, kind: ModuleRequest['kind']): void {
    const key = `${kind} ${specifier}`
    if (!this.#requests.has(key)) this.#requests.set(key, { specifier, kind })
  }

  /** Whether a name of the module scope is declared here; else it is a global. */
  declares(name: string): boolean {
    return this.unitNames.has(name) || Object.hasOwn(this.imports, name)
  }

  /** The line of an offset, counted from 1. */
  lineAt(offset: number): number {
    const starts = (this.#lineStarts ??= lineStarts(this.#text))
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
