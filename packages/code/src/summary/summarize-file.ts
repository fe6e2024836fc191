import { hash } from 'node:crypto'
import { extname } from 'node:path'

import type { ModuleSummary } from './module-summary.ts'
import { emptySummary, summarizeModule } from './summarize-module.ts'

const CODE = new Set(['', '.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'])

/** Summarises the bytes of a file: code by its text, JSON by its parsed content, anything else by its bytes. */
export function summarizeFile(file: string, bytes: Uint8Array): ModuleSummary {
  const extension = extname(file).toLowerCase()
  if (CODE.has(extension)) return summarizeModule({ file, text: codeText(bytes) })
  if (extension === '.json') return emptySummary({ kind: 'data', dataHash: hash('sha256', jsonContent(bytes)) })
  return emptySummary({ kind: 'data', dataHash: hash('sha256', bytes) })
}

/** The text of code as V8 counts its columns: without a byte order mark. */
export function codeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** Numbers that would be written as other ones: minus zero, and those beyond the greatest number. */
const UNWRITABLE = /-0(?![.\d])|-0\.0*(?!\d)|[eE][+-]?\d{3}/

/** Formatting does not count; the order of keys does, because code can see it. */
function jsonContent(bytes: Uint8Array): string | Uint8Array {
  const text = codeText(bytes)
  if (UNWRITABLE.test(text)) return bytes
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return bytes
  }
}
