import { spawnSync } from 'node:child_process'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bashLine, bashQuoted } from './bash-line.ts'

const BREAKS = ' \t\n"\'@><=;|&(:'
const hasBash = spawnSync('bash', ['-c', 'true']).status === 0

describe('bashLine', () => {
  it.each([
    ['cairn run ', ['cairn', 'run', ''], ''],
    ['cairn run a\\ b', ['cairn', 'run', 'a b'], ''],
    ['cairn run "a b', ['cairn', 'run', 'a b'], ''],
    ["cairn run 'a \\b' c", ['cairn', 'run', 'a \\b', 'c'], ''],
    ['cairn run --cache=o', ['cairn', 'run', '--cache=o'], '--cache='],
    ['cairn run --param="o', ['cairn', 'run', '--param=o'], '--param='],
    ['cairn run show p@la', ['cairn', 'run', 'show', 'p@la'], 'p'],
    ['cd x && cairn run', ['cairn', 'run'], ''],
    ['', [''], ''],
    ['cairn a\\', ['cairn', 'a'], ''],
  ])('takes %j apart', (line, words, kept) => {
    expect(bashLine(line, BREAKS)).toMatchObject({ words, kept })
  })

  it('reads every text as it is quoted, and takes any line without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(undefined, '"', "'"), (text, quote) => {
        fc.pre(!/[!\s]/.test(text) && text !== '')
        const line = `cairn ${quote ?? ''}${bashQuoted(text, quote)}`
        expect(bashLine(line, BREAKS).words).toEqual(['cairn', text])
        expect(bashLine(text, BREAKS).words.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe.skipIf(!hasBash)(`bashQuoted${hasBash ? '' : ' (bash is not installed)'}`, () => {
  it('writes every text so that bash reads it as it is, outside of quotes and inside of both', () => {
    const printable = fc.string().filter((text) => text !== '' && !/\p{Cc}/u.test(text))
    const texts = ['~', 'a=~', 'a=b:~/c', '#a', 'a#~', ...fc.sample(printable, 300)]
    const words = texts.flatMap((text) => [
      bashQuoted(text, undefined),
      `"${bashQuoted(text, '"')}"`,
      `'${bashQuoted(text, "'")}'`,
    ])
    const { stdout } = spawnSync('bash', ['--norc', '-c', `printf '%s\\n' ${words.join(' ')}`], { encoding: 'utf8' })
    expect(stdout.split('\n').slice(0, -1)).toEqual(texts.flatMap((text) => [text, text, text]))
  })
})
