import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

import type { ErrorRecord } from '@cairnml/core'

const FRAME = /^\s+at .*?\(?(file:\/\/[^\s()]+|\/[^\s():]+|[A-Za-z]:\\[^\s():]+):(\d+):\d+\)?$/

/** Where a step's own code threw an error, as ` (src/train.ts:12)`, or nothing for Cairn's errors and unknown places. */
export function errorPlace(error: ErrorRecord): string {
  if (error.code.startsWith('CAIRN_') || error.stack === undefined) return ''
  for (const line of error.stack.split('\n')) {
    const [, file, number] = FRAME.exec(line) ?? []
    if (file === undefined || file.includes('/node_modules/')) continue
    const path = file.startsWith('file:') ? fileURLToPath(file) : file
    return ` (${nodePath.relative(process.cwd(), path)}:${number})`
  }
  return ''
}
