import type * as Lexer from 'es-module-lexer'

/** The lexer, ready for use. */
export type ModuleLexer = typeof Lexer

let ready: Promise<ModuleLexer> | undefined

/** Loads the lexer, which is WebAssembly, on first use. */
export function loadLexer(): Promise<ModuleLexer> {
  ready ??= import('es-module-lexer').then(async (lexer) => {
    await lexer.init()
    return lexer
  })
  return ready
}

/** Whether every bracket, string and template of a piece of code is closed. */
export function isWholeCode(lexer: ModuleLexer, code: string): boolean {
  try {
    lexer.parse(code)
    return true
  } catch {
    return false
  }
}
