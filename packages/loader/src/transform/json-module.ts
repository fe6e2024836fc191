import { readFileSync } from 'node:fs'
import nodePath from 'node:path'

import type { MakeError } from './refused-file.ts'

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/**
 * The text of a module for a JSON file: the value as default export, and each property that has a name by that name.
 *
 * @throws what `makeError` makes, for text that is not JSON
 */
export function jsonModule(file: string, makeError: MakeError): string {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  const value = parsed(file, text, makeError)
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const names = isObject ? Object.keys(value).filter((key) => key !== 'default' && NAME.test(key)) : []
  const lines = [
    `const value = JSON.parse(${JSON.stringify(text)})`,
    ...names.map((name, index) => `const value${index} = value[${JSON.stringify(name)}]`),
    `export { value as default${names.map((name, index) => `, value${index} as ${name}`).join('')} }`,
  ]
  return `${lines.join('\n')}\n`
}

function parsed(file: string, text: string, makeError: MakeError): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const problem = `it is not JSON: ${error instanceof Error ? error.message : String(error)}`
    throw makeError({ file: nodePath.relative('', file), problem, cause: error })
  }
}
