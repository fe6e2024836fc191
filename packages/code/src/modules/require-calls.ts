import type { Refusal } from './refusals.ts'
import { isVmSpecifier, vmRefusal } from './refusals.ts'
import { isInComment } from './source-text.ts'

/** A literal `require('x')` and where it stands. */
export interface RequireCall {
  readonly specifier: string
  readonly offset: number
}

const CREATE = /(?<![\w$])createRequire\s*\(/g
const CREATE_MENTION = /(?<!typeof\s+|[\w$])createRequire(?![\w$]|\s*\()/g
/** The rest of `import { createRequire } from` and of `const { createRequire } =`. */
const NAMED_AS_IT_IS = /\s*(?:,[^{}:]*)?\}\s*(?:from(?![\w$])|=)/y
const EXPORTED = /export\s+(?:const|let|var)\s+[\w$]+\s*(?::[^\n=;]*)?=\s*(?:[\w$]+\s*\.\s*)?$/
/** The require functions of CommonJS that are members; that of the main module looks from another folder. */
const MEMBER_REQUIRE = /(?<![\w$])(module|main|mainModule)\s*\??\.\s*require(?![\w$])/g
const UNFOLLOWED = 'it makes a require function that cannot be followed'
const CREATED_NAME = /(?:const|let|var)\s+([\w$]+)\s*(?::[^\n=;]*)?=\s*(?:[\w$]+\s*\.\s*)?$/
const OWN_URL = /\s*(?:import\s*\.\s*meta\s*\.\s*(?:url|filename)|__filename)\s*\)/y
const LITERAL_CALL = /\s*(?:\?\.\s*)?\(\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|`([^`\\$]*)`)\s*,?\s*\)/y
const CALL = /\s*(?:!\s*)?(?:\?\.\s*)?\(/y
const MEMBER = /\s*\??\.\s*(?:resolve|cache|main|extensions)(?![\w$])/y

/**
 * The literal `require` calls of a module, also of functions made by `createRequire`, or a refusal where a name that
 * is required is computed or the function is passed on.
 */
export function findRequires(text: string): readonly RequireCall[] | Refusal {
  if (!text.includes('equire')) return []
  const calls: RequireCall[] = []
  const names = new Set(['require'])
  const refusal = findAlias(text) ?? collectCreated(text, { calls, names }) ?? collectMembers(text, calls)
  if (refusal !== undefined) return refusal
  for (const name of names) {
    const unknown = collectUses(text, name, calls)
    if (unknown !== undefined) return unknown
  }
  const vm = calls.find((call) => isVmSpecifier(call.specifier))
  return vm === undefined ? calls.toSorted((a, b) => a.offset - b.offset) : vmRefusal(vm.offset)
}

/** Under another name, what makes require functions is out of sight. */
function findAlias(text: string): Refusal | undefined {
  for (const { 0: name, index } of text.matchAll(CREATE_MENTION)) {
    if (isInComment(text, index) || matchEnd(NAMED_AS_IT_IS, text, index + name.length) !== undefined) continue
    return { reason: UNFOLLOWED, offset: index }
  }
  return undefined
}

function collectMembers(text: string, calls: RequireCall[]): Refusal | undefined {
  for (const { 0: member, 1: owner, index } of text.matchAll(MEMBER_REQUIRE)) {
    if (isInComment(text, index)) continue
    const specifier = owner === 'module' ? literalAt(text, index + member.length) : undefined
    if (specifier === undefined) return { reason: UNFOLLOWED, offset: index }
    calls.push({ specifier, offset: index })
  }
  return undefined
}

function collectCreated(text: string, found: { calls: RequireCall[]; names: Set<string> }): Refusal | undefined {
  for (const { 0: head, index } of text.matchAll(CREATE)) {
    if (isInComment(text, index)) continue
    const end = matchEnd(OWN_URL, text, index + head.length)
    const before = text.slice(Math.max(0, index - 200), index)
    const name = EXPORTED.test(before) ? undefined : CREATED_NAME.exec(before)?.[1]
    const literal = end === undefined ? undefined : literalAt(text, end)
    if (literal !== undefined) found.calls.push({ specifier: literal, offset: index })
    else if (end !== undefined && name !== undefined) found.names.add(name)
    else return { reason: UNFOLLOWED, offset: index }
  }
  return undefined
}

function collectUses(text: string, name: string, calls: RequireCall[]): Refusal | undefined {
  const use = new RegExp(`(?<![\\w$.#'"\`/-])${name.replaceAll('$', '\\$')}(?![\\w$'"\`/-])`, 'g')
  for (const { index } of text.matchAll(use)) {
    const end = index + name.length
    if (isInComment(text, index) || isDeclaration(text, index)) continue
    const specifier = literalAt(text, end)
    if (specifier !== undefined) calls.push({ specifier, offset: index })
    else if (matchEnd(CALL, text, end) !== undefined) {
      return { reason: 'it requires a module whose name is computed', offset: index }
    } else if (matchEnd(MEMBER, text, end) === undefined && isPassedOn(text, { name, index, end })) {
      return { reason: 'it passes its require function on', offset: index }
    }
  }
  return undefined
}

function isDeclaration(text: string, index: number): boolean {
  return /(?:const|let|var|typeof)\s+$/.test(text.slice(Math.max(0, index - 20), index))
}

/** The word `require` is common in prose and in keys; a made function has a name of its own and any use counts. */
function isPassedOn(text: string, use: { name: string; index: number; end: number }): boolean {
  if (use.name !== 'require') return true
  const before = text.slice(Math.max(0, use.index - 20), use.index)
  return /[=(,:[]\s*$/.test(before) && /^\s*[;,)\]}\n]/.test(text.slice(use.end, use.end + 20))
}

function literalAt(text: string, at: number): string | undefined {
  LITERAL_CALL.lastIndex = at
  const match = LITERAL_CALL.exec(text)
  return match?.[1] ?? match?.[2] ?? match?.[3]
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}
