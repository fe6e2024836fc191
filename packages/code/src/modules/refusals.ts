import type { Import } from 'es-module-lexer'

import { isInComment } from './source-text.ts'

/** Why the code that a module reaches cannot be known. */
export interface Refusal {
  /** One clause without a full stop. */
  readonly reason: string
  /** Where in the text of the module. */
  readonly offset: number
}

const NEW_FUNCTION = 'it makes a function from text'
const NODE_VM = 'it uses node:vm'

interface Forbidden {
  /** Without this word in its text a module has none of the patterns. */
  readonly word: string
  readonly patterns: readonly RegExp[]
  readonly reason: string
}

/** Constructs that run code which is not in any file, or files that only a bundler knows. */
const FORBIDDEN: readonly Forbidden[] = [
  {
    word: 'eval',
    patterns: [
      /(?<![\w$.#])eval\s*(?:\?\.\s*)?\(/g,
      /(?<![\w$.#])(?:globalThis|global|window|self)\s*\??\.\s*eval(?![\w$])/g,
      /[,=]\s*eval\s*[),;\n]/g,
    ],
    reason: 'it calls eval',
  },
  {
    word: 'Function',
    patterns: [
      /(?<![\w$.#])Function\s*(?:\?\.\s*)?\(/g,
      /(?<![\w$.#])(?:globalThis|global|window|self)\s*\??\.\s*Function(?![\w$])/g,
    ],
    reason: NEW_FUNCTION,
  },
  { word: 'constructor', patterns: [/\.\s*constructor\s*(?:\?\.\s*)?\(/g], reason: NEW_FUNCTION },
  { word: 'meta.glob', patterns: [/(?<![\w$.])import\.meta\.glob/g], reason: 'it uses import.meta.glob' },
  { word: 'getBuiltinModule', patterns: [/getBuiltinModule\s*\(\s*['"`](?:node:)?vm['"`]/g], reason: NODE_VM },
  // The lexer does not see these.
  { word: '...', patterns: [/\.\.\.\s*import\s*\(/g], reason: 'it imports a module inside of a spread' },
]

/** The first construct in a module after which the code that it reaches cannot be known. */
export function findRefusal(text: string, imports: readonly Import[]): Refusal | undefined {
  return findForbidden(text) ?? findUnknownImport(imports)
}

/** Whether a specifier names Node's `vm`, which runs text as code. */
export function isVmSpecifier(specifier: string): boolean {
  return specifier === 'vm' || specifier === 'node:vm'
}

/** The refusal for an import of `node:vm`. */
export function vmRefusal(offset: number): Refusal {
  return { reason: NODE_VM, offset }
}

function findForbidden(text: string): Refusal | undefined {
  for (const { word, patterns, reason } of FORBIDDEN) {
    if (!text.includes(word)) continue
    const found = patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), ({ index }) => index))
    const offset = found.find((index) => !isInComment(text, index))
    if (offset !== undefined) return { reason, offset }
  }
  return undefined
}

function findUnknownImport(imports: readonly Import[]): Refusal | undefined {
  for (const found of imports) {
    if (found.type === 'import-meta') continue
    const offset = found.importStart
    if (found.type !== 'dynamic') {
      if (!found.typeOnly && isVmSpecifier(found.specifier)) return vmRefusal(offset)
    } else if (found.specifier === undefined || found.glob) {
      return { reason: 'it imports a module whose name is computed', offset }
    } else if (isVmSpecifier(found.specifier)) {
      return vmRefusal(offset)
    }
  }
  return undefined
}
