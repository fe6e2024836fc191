const TOKEN = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/g

/** A piece of TypeScript without its comments and without the lines that they leave empty. */
export function withoutComments(code: string): string {
  const bare = code.replace(TOKEN, (token) => (token.startsWith('/') ? '' : token))
  return bare.replace(/^[ \t]*\n/gm, '').replace(/[ \t]+$/gm, '')
}
