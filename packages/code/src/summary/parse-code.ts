import { parseSync, type ParserOptions, type Program } from 'oxc-parser'

import type { Finding } from './module-summary.ts'

/** A text that was parsed. */
export interface ParsedCode {
  readonly program: Program
  readonly isCommonJs: boolean
}

/** Why code is not followed in which a stack overflows. */
export const TOO_DEEP = 'it cannot be parsed: code is nested too deeply'
/** Transferring the tree as it lies in memory is three times faster, but costs 20 ms once. */
const FILES_BEFORE_RAW_TRANSFER = 40
const COMMONJS = /\b(?:module\s*\.\s*exports|exports\s*[.[]|require\s*\()|\bObject\.defineProperty\(\s*exports\b/
const PLAIN: ParserOptions = { preserveParens: false, astType: 'ts' }
const RAW: ParserOptions & { readonly experimentalRawTransfer: boolean } = { ...PLAIN, experimentalRawTransfer: true }
let parsedFiles = 0

/** Parses JavaScript or TypeScript, with or without JSX. */
export function parseCode(file: string, text: string): ParsedCode | { readonly problem: Finding } {
  parsedFiles += 1
  try {
    return parsedCode(file, text)
  } catch (error) {
    if (isStackOverflow(error)) return { problem: { what: TOO_DEEP, line: 1 } }
    throw error
  }
}

/** Whether code is nested more deeply than functions can call each other: V8 reads a sum of thousands of terms. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack')
}

function parsedCode(file: string, text: string): ReturnType<typeof parseCode> {
  const parsed = parseSync(file, text, parsedFiles > FILES_BEFORE_RAW_TRANSFER ? RAW : PLAIN)
  const { program } = parsed
  const error = parsed.errors.find(({ severity }) => String(severity) === 'Error')
  if (error !== undefined) {
    const line = text.slice(0, error.labels[0]?.start ?? 0).split('\n').length
    return { problem: { what: `it cannot be parsed: ${error.message}`, line } }
  }
  const isModule = parsed.module.hasModuleSyntax
  return { program, isCommonJs: /\.c[jt]s$/.test(file) || (!isModule && COMMONJS.test(text)) }
}
