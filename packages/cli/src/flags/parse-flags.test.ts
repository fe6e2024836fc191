import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseFlags, usageError } from './parse-flags.ts'

const OPTIONS = {
  param: { type: 'string', short: 'p', multiple: true },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const usage = (message: RegExp): unknown =>
  expect.objectContaining({
    code: 'CAIRN_COMMAND_USAGE',
    exitCode: 2,
    message: expect.stringMatching(message) as string,
  })

describe('parseFlags', () => {
  it('gives flags, values in their order and positionals', () => {
    const { values, positionals } = parseFlags(['a.ts', '-p', 'x=1', '--force', '--param=y=2', 'b'], OPTIONS)
    expect({ ...values }).toEqual({ param: ['x=1', 'y=2'], force: true })
    expect(positionals).toEqual(['a.ts', 'b'])
  })

  it('takes everything behind -- as it is', () => {
    const { values, positionals } = parseFlags(['--force', '--', '--json', '-p', '--', '--nope'], OPTIONS)
    expect({ ...values }).toEqual({ force: true })
    expect(positionals).toEqual(['--json', '-p', '--', '--nope'])
  })

  it.each([
    [['--param=-1'], ['-1']],
    [['--param=--force'], ['--force']],
    [['-p-1'], ['-1']],
    [['--param', '-1'], ['-1']],
    [['-p', '-.5'], ['-.5']],
    [['-p', 'x=-1'], ['x=-1']],
    [['--param', 'x=--json'], ['x=--json']],
    [['--param='], ['']],
    [['--param', ''], ['']],
    [['--param', '-'], ['-']],
  ])('reads the value of %j as %j', (argv, param) => {
    const { values, positionals } = parseFlags(argv, OPTIONS)
    expect({ ...values }).toEqual({ param })
    expect(positionals).toEqual([])
  })

  it.each([
    [['--froce'], /^There is no option --froce\. Did you mean --force\?$/],
    [['--jsno=1'], /^There is no option --jsno\. Did you mean --json\?$/],
    [['--entirely-different'], /^There is no option --entirely-different\.$/],
    [['-x'], /^There is no option -x\.$/],
    [['--__proto__'], /^There is no option --__proto__\.$/],
    [['--toString'], /^There is no option --toString\.$/],
    [['--no-force'], /^There is no option --no-force\./],
    [['--froce', '--', '--jsno'], /--froce/],
  ])('refuses %j and says what is near', (argv, message) => {
    expect(() => parseFlags(argv, OPTIONS)).toThrow(usage(message))
  })

  it.each([
    ['a flag that was given a value', ['--force=1', '--', '--jsno'], /^--force takes no value, but was given "1"\.$/],
    [
      'a value that looks like an unknown option',
      ['--param', '--rate=1'],
      /^--param needs a value, and "--rate=1" looks like an option\. If .* write --param=--rate=1\.$/,
    ],
    ['a value that looks like --', ['--param', '--', 'a'], /^--param needs a value, and "--" looks like/],
    ['a value that is missing', ['a.ts', '--param'], /^--param needs a value\.$/],
  ])('names the option itself for %s', (_, argv, message) => {
    expect(() => parseFlags(argv, OPTIONS)).toThrow(usage(message))
  })

  it('leaves the given arguments as they are', () => {
    const argv = Object.freeze(['--param', 'a=1', 'b'])
    parseFlags(argv, OPTIONS)
    expect(argv).toEqual(['--param', 'a=1', 'b'])
  })

  it('gives every positional behind -- back, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        expect(parseFlags(['--', ...texts], OPTIONS).positionals).toEqual(texts)
      }),
    )
  })
})

describe('usageError', () => {
  it('says the problem and where help is', () => {
    expect(usageError('It is wrong.')).toMatchObject({
      code: 'CAIRN_COMMAND_USAGE',
      message: 'It is wrong.',
      hint: expect.stringContaining('cairn --help') as string,
    })
  })
})
