import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { withoutSecrets } from '../secrets/known-secrets.ts'
import { readSecret } from './read-secret.ts'

let projectDir: string
beforeAll(() => {
  projectDir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-secret-'))
})
afterAll(() => rmSync(projectDir, { recursive: true }))

const read = (from: { readonly text: string } | { readonly file: string }): string =>
  readSecret({ path: ['token'], from }, 'stacks/ci.yaml:1:1', { projectDir, environment: { TOKEN: 'of-a-variable' } })

function fromFile(content: string | Uint8Array): string {
  writeFileSync(nodePath.join(projectDir, 'token.txt'), content)
  return read({ file: 'token.txt' })
}

describe('a secret', () => {
  it('is what stands in a file, without its last line break and its mark of byte order', () => {
    expect(fromFile('of-a-file\n')).toBe('of-a-file')
    expect(fromFile('\u{feff}of-a-file\r\n')).toBe('of-a-file')
    expect(fromFile('two\nlines\n\n')).toBe('two\nlines\n')
  })

  it('is hidden in errors once it was read', () => {
    expect(read({ text: 'Bearer ${env:TOKEN}' })).toBe('Bearer of-a-variable')
    expect(withoutSecrets('401 for of-a-variable')).toBe('401 for ***')
  })

  it.each([
    ['nothing', ''],
    ['a line break', '\n'],
  ])('is not read from a file that holds %s', (_what, content) => {
    expect(() => fromFile(content)).toThrow('it is empty')
  })

  it('is not read from what is no text', () => {
    expect(() => fromFile(Uint8Array.of(0xff, 0xfe, 0))).toThrow('it is not UTF-8 text')
  })

  it.each(['__proto__', 'constructor', 'toString'])('is not what every object has under the name %s', (name) => {
    expect(() => read({ text: `\${env:${name}}` })).toThrow(`the variable ${name} is not set`)
  })
})
