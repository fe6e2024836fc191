import { fileURLToPath } from 'node:url'

/** One line of a V8 stack text. */
export interface Frame {
  /** As V8 writes it, or absent for the top level of an ES module and for an anonymous function. */
  readonly functionName?: string | undefined
  /** The place without its line and column, as written: a path, a URL, `<anonymous>`, `native`. */
  readonly location: string
  /** The absolute path that the location names, if it names a file. */
  readonly file?: string | undefined
  /** What follows `?` or `#` in the location, with that sign; empty without one. */
  readonly query: string
  /** Both count from 1; 0 where the text gives no position. */
  readonly line: number
  readonly column: number
}

const FRAME = /^\s*at (?:async )?(.*)$/
const POSITION = /^(.*?):(\d{1,10}):(\d{1,10})$/s
const ABSOLUTE_PATH = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/

/** The frames of a stack text, innermost first; lines that are not frames are left out. It accepts any text. */
export function parseFrames(stack: string): readonly Frame[] {
  const frames: Frame[] = []
  for (const line of stack.split('\n')) {
    const body = FRAME.exec(line.trimEnd())?.[1]
    if (body !== undefined) frames.push(parseFrame(body))
  }
  return frames
}

function parseFrame(body: string): Frame {
  const open = body.endsWith(')') ? body.indexOf(' (') : -1
  const functionName = open === -1 ? undefined : body.slice(0, open)
  const place = open === -1 ? body : body.slice(open + 2, -1)
  const position = POSITION.exec(place)
  const location = position?.[1] ?? place
  return {
    functionName,
    location,
    line: Number(position?.[2] ?? 0),
    column: Number(position?.[3] ?? 0),
    ...fileOf(location),
  }
}

function fileOf(location: string): Pick<Frame, 'file' | 'query'> {
  if (location.startsWith('file:')) return fileOfUrl(location)
  if (!ABSOLUTE_PATH.test(location)) return { file: undefined, query: '' }
  const query = /\?[^/\\]*$/.exec(location)?.[0] ?? ''
  return { file: location.slice(0, location.length - query.length), query }
}

function fileOfUrl(location: string): Pick<Frame, 'file' | 'query'> {
  const url = URL.parse(location)
  if (url === null) return { file: undefined, query: '' }
  try {
    return { file: fileURLToPath(url), query: url.search + url.hash }
  } catch {
    return { file: undefined, query: '' }
  }
}
