import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

import { ResolverFactory } from 'oxc-resolver'

/** Files that decide how the modules of a folder are resolved and compiled. */
export interface TsconfigFiles {
  /** The nearest tsconfig with everything that it extends and refers to. Absolute paths. */
  readonly files: readonly string[]
  /** Nearer places where a tsconfig would count in its stead, and those that it extends and that are missing. */
  readonly absent: readonly string[]
}

const INHERITED = /"extends"\s*:\s*(\[[^\]]*\]|"(?:[^"\\]|\\.)*")/
const REFERENCES = /"references"\s*:\s*\[([^\]]*)\]/
const REFERENCE = /"path"\s*:\s*("(?:[^"\\]|\\.)*")/g
const TEXT = /"(?:[^"\\]|\\.)*"/g

const packaged = new ResolverFactory({ extensions: ['.json'], mainFields: ['tsconfig'], mainFiles: ['tsconfig'] })

/** Finds the tsconfig files that count for the modules of a folder. */
export function tsconfigFiles(folder: string): TsconfigFiles {
  const absent: string[] = []
  for (let dir = folder; ; dir = dirname(dir)) {
    const path = join(dir, 'tsconfig.json')
    if (existsSync(path)) return { files: withInherited(path, absent), absent }
    absent.push(path)
    if (dirname(dir) === dir) return { files: [], absent }
  }
}

function withInherited(path: string, absent: string[]): readonly string[] {
  const files = new Set([path])
  for (const file of files) for (const next of mentioned(file, absent)) files.add(next)
  return [...files]
}

function mentioned(file: string, absent: string[]): readonly string[] {
  const text = textOf(file)
  const inherited = (INHERITED.exec(text)?.[1]?.match(TEXT) ?? []).map(unquoted)
  const references = Array.from(REFERENCES.exec(text)?.[1]?.matchAll(REFERENCE) ?? [], ([, path = '']) =>
    unquoted(path),
  )
  const found = [
    ...inherited.map((specifier) => inheritedFile(file, specifier, absent)),
    ...references.map((path) => referredFile(resolve(dirname(file), path))),
  ]
  return found.filter((path) => path !== undefined)
}

function inheritedFile(from: string, specifier: string, absent: string[]): string | undefined {
  if (!specifier.startsWith('.') && !isAbsolute(specifier)) return packaged.sync(dirname(from), specifier).path
  const path = resolve(dirname(from), specifier)
  const candidates = [path, `${path}.json`]
  const found = candidates.find(isFile)
  if (found === undefined) absent.push(...candidates)
  return found
}

function referredFile(path: string): string | undefined {
  return [path, join(path, 'tsconfig.json')].find(isFile)
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return ''
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}
