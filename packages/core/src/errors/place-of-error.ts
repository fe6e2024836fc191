import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

/** What Node puts above the stack of a syntax error: the file and line that it cannot read. */
const UNREADABLE = /^(file:\/\/.+|\/.+):(\d+)$/m
/** A frame of a stack in a file. A path is written as it is, with its blanks, quotes and brackets. */
const FRAME = /^\s+at (?:async )?(?:.*? \()?(file:\/\/.+?|\/.+?|[A-Za-z]:\\.+?):(\d+(?::\d+)?)\)?$/
const MAX_FRAME = 10_000

/** Where in the project an error comes from, as `src/a.ts:3:5` from the current folder, if its stack says so. */
export function placeOfError({ stack }: { readonly stack?: string | undefined }): string | undefined {
  const text = String(stack ?? '')
  const [, file, line] = UNREADABLE.exec(text) ?? frameOf(text) ?? []
  const path = file === undefined ? undefined : relativePath(file)
  return path === undefined ? undefined : `${path}:${line}`
}

function frameOf(stack: string): RegExpExecArray | undefined {
  for (const line of stack.split('\n')) {
    // No path is that long, and a message may be of any length.
    if (line.length > MAX_FRAME) continue
    const found = line.includes('node_modules') || line.includes('(eval at ') ? null : FRAME.exec(line)
    if (found !== null) return found
  }
  return undefined
}

/** Without a path for a URL that names no file here, as one of another host does. */
function relativePath(file: string): string | undefined {
  try {
    return nodePath.relative('', file.startsWith('file:') ? fileURLToPath(file) : file)
  } catch {
    return undefined
  }
}
