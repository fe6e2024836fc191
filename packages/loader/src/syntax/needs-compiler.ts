import { mayImportTypes } from './imported-types.ts'

/**
 * What Node's type stripping refuses. A text without any of these has nothing of the kind; one that only mentions them in
 * a template or a comment is compiled for nothing.
 */
const REFUSED: readonly RegExp[] = [
  /(?:^|[;{}])[ \t]*(?:export\s+)?(?:const\s+)?enum\s+[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\{/mu,
  /(?:^|[;{}])[ \t]*(?:export\s+)?(?:namespace|module)\s+[\p{ID_Start}$_][\p{ID_Continue}$.\s]*\{/mu,
  /(?:^|[;{}])[ \t]*(?:export\s+)?import\s+(?:type\s+)?[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=/mu,
  /(?:^|[;{}])[ \t]*export\s*=/m,
]
const CONSTRUCTOR = /\bconstructor\s*\(/g
const PARAMETER_PROPERTY =
  /(?:^|[(,)\s])(?:(?:public|private|protected|override|readonly)\s+)+[\p{ID_Start}$_][\p{ID_Continue}$]*\s*(?:[?:=,)]|$)/u
const DECORATORS: readonly RegExp[] = [
  /^[ \t]*@[\p{ID_Start}$_(]/mu,
  /\b(?:export|default)\s+@[\p{ID_Start}$_(]/u,
  /[{(,;]\s*@[\p{ID_Start}$_][\p{ID_Continue}$.]*\s*(?:\(|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*[:;=(?!])/u,
]
const MODULE_SYNTAX =
  /^[ \t]*(?:import\s*(?:['"{*]|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*(?:,|from\b|[{*]))|export(?:\s+[\p{ID_Start}$_]|\s*[{*]))/mu
const IMPORT_META = /\bimport\s*\.\s*meta\b/

/** Whether a TypeScript text may hold what Node cannot run once its types are stripped. It accepts any text. */
export function needsCompiler(text: string): boolean {
  if (REFUSED.some((pattern) => pattern.test(text))) return true
  if (constructorParameters(text).some((parameters) => PARAMETER_PROPERTY.test(parameters))) return true
  return hasDecorators(text) || mayImportTypes(text)
}

/** Whether a text may hold decorators. */
export function hasDecorators(text: string): boolean {
  return DECORATORS.some((pattern) => pattern.test(text))
}

/** Whether a text is written as an ES module. */
export function hasModuleSyntax(text: string): boolean {
  return MODULE_SYNTAX.test(text) || IMPORT_META.test(text)
}

/** What stands between the parentheses of constructors. Parentheses in strings and comments are counted, too. */
function constructorParameters(text: string): readonly string[] {
  return Array.from(text.matchAll(CONSTRUCTOR), ({ index, 0: { length } }) => {
    const start = index + length
    let at = start
    for (let depth = 1; at < text.length && depth > 0; at += 1) {
      if (text[at] === '(') depth += 1
      else if (text[at] === ')') depth -= 1
    }
    return text.slice(start, at)
  })
}
