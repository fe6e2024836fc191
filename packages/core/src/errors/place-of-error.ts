import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

/** What Node puts above the stack of a syntax error: the file and line that it cannot read. */
const UNREADABLE = /^(file:\/\/\S+|\/\S+):(\d+)$/m
/** A frame of a stack in a file of the project. */
const FRAME = /\(?(file:\/\/[^\s()]+|\/[^\s()]+):(\d+(?::\d+)?)\)?$/

/** Where in the project an error comes from, as `src/a.ts:3:5` from the current folder, if its stack says so. */
export function placeOfError({ stack }: Error): string | undefined {
  const text = String(stack ?? '')
  const [, file, line] = UNREADABLE.exec(text) ?? frameOf(text) ?? []
  return file === undefined ? undefined : `${relativePath(file)}:${line}`
}

function frameOf(stack: string): RegExpExecArray | undefined {
  for (const line of stack.split('\n')) {
    const found = line.includes('node:') || line.includes('node_modules') ? null : FRAME.exec(line)
    if (found !== null && /^\s+at /.test(line)) return found
  }
  return undefined
}

function relativePath(file: string): string {
  return nodePath.relative('', file.startsWith('file:') ? fileURLToPath(file) : file)
}
