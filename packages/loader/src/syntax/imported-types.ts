const QUIET = /\/\*[^]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g
const IMPORT = /(?:^|[;}])[ \t]*import\s+(?!type\s+[\w${*])([^;=()]*?)\s*\bfrom\b\s*(?=;|$|\/)/gm
/** By convention a type; what is called otherwise is left to Node, which knows if it is there. */
const CAPITALISED = /^[\p{Lu}]/u
const TYPE_BEFORE =
  /(?:[:|&<]|\b(?:as|satisfies|extends|implements|keyof|is|infer|readonly)\s|\btype\s+[\w$]+(?:<[^=]*>)?\s*=)\s*$/
const HERITAGE_BEFORE = /\bclass\b[^{};]*\bextends\s*$/
const LIST_BEFORE = /[,[(]\s*$/
const TYPE_AFTER = /^\s*(?:\[\s*\]|[>|&])/

/**
 * Whether a text may import an interface or a type as if it were a value, which TypeScript drops and Node misses. Such
 * a name is capitalised and stands where types stand, and nowhere else.
 */
export function mayImportTypes(text: string): boolean {
  const bare = text.replace(QUIET, '')
  const names = Array.from(bare.matchAll(IMPORT), ([, clause = '']) => localNames(clause)).flat()
  if (names.length === 0) return false
  const rest = bare.replace(IMPORT, '')
  return names.some((name) => CAPITALISED.test(name) && isOnlyType(rest, name))
}

function localNames(clause: string): readonly string[] {
  const members = /\{([^}]*)\}/.exec(clause)?.[1] ?? ''
  const named = members.split(',').filter((member) => !/^\s*type\s+[\w$]/.test(member))
  const others = clause.replace(/\{[^}]*\}/, '').split(',')
  return [...named, ...others].flatMap((text) => /([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*$/u.exec(text)?.[1] ?? [])
}

function isOnlyType(text: string, name: string): boolean {
  const word = new RegExp(
    String.raw`(?<![\p{ID_Continue}$.])${name.replaceAll('$', String.raw`\$`)}(?![\p{ID_Continue}$])`,
    'gu',
  )
  return Array.from(text.matchAll(word)).every(({ index }) => {
    const before = text.slice(Math.max(0, index - 200), index)
    const after = text.slice(index + name.length, index + name.length + 20)
    if (HERITAGE_BEFORE.test(before)) return false
    return TYPE_BEFORE.test(before) || (LIST_BEFORE.test(before) && TYPE_AFTER.test(after))
  })
}
