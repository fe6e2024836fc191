import { createReadStream } from 'node:fs'
import nodePath from 'node:path'

import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import { fileProblem } from '../files/file-problem.ts'
import type { ConfigDocument } from './config-document.ts'

const MAX_BYTES = 1024 * 1024
const CONTROL_CHARACTER = /[^\t\n\r\u{20}-\u{7e}\u{85}\u{a0}-\u{10ffff}]/u

/**
 * Reads a configuration file, YAML or JSON. The YAML library is loaded by the first call.
 *
 * @param wanted what asks for the file, as errors say it: `--config`
 * @param maxBytes what is larger is refused; default: a megabyte
 * @throws CAIRN_CONFIG_MISSING, CAIRN_CONFIG_INVALID
 */
export async function readConfigFile(
  file: string,
  wanted: string,
  maxBytes: number = MAX_BYTES,
): Promise<ConfigDocument> {
  const text = await readConfigText(file, wanted, maxBytes)
  const { parseConfigDocument } = await import('./parse-document.ts')
  return parseConfigDocument(text, nodePath.relative('', file) || file)
}

/**
 * The text of a configuration file, whatever it says.
 *
 * @param wanted what asks for the file, as errors say it: `--config`
 * @param maxBytes what is larger is refused; default: a megabyte
 * @throws CAIRN_CONFIG_MISSING, CAIRN_CONFIG_INVALID
 */
export async function readConfigText(file: string, wanted: string, maxBytes: number = MAX_BYTES): Promise<string> {
  const shown = nodePath.relative('', file) || file
  const bytes = await readBytes(file, shown, maxBytes).catch((error: unknown) => {
    if (isCairnError(error)) throw error
    throw cairnError('CAIRN_CONFIG_MISSING', { file: shown, wanted, problem: fileProblem(error) }, { cause: error })
  })
  return textOf(bytes, shown)
}

/** What is no regular file tells no size, so it is counted while it is read. */
async function readBytes(file: string, shown: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Sound: a stream without an encoding gives bytes.
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > maxBytes) throw invalid(shown, `it is larger than ${maxBytes} bytes`)
  }
  return Buffer.concat(chunks)
}

function textOf(bytes: Uint8Array, file: string): string {
  const text = decoded(bytes)
  if (text === undefined) throw invalid(file, 'it is not UTF-8 text')
  const found = CONTROL_CHARACTER.exec(text)
  if (found === null) return text
  const before = text.slice(0, found.index).split('\n')
  throw invalid(`${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`, 'it holds a control character')
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function invalid(at: string, problem: string): Error {
  return cairnError('CAIRN_CONFIG_INVALID', { problems: [{ at, problem }] })
}
