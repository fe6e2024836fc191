import { isCairnError } from '@cairnml/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseRunFlags, RUN_OPTIONS } from './run-flags.ts'

const usage = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'CAIRN_COMMAND_USAGE', message: expect.stringMatching(message) as string })

describe('parseRunFlags', () => {
  it('sets nothing that is not given', () => {
    expect(parseRunFlags(['a.ts'])).toEqual({
      help: false,
      file: 'a.ts',
      pipeline: undefined,
      params: [],
      textParams: [],
      stepParams: [],
      config: undefined,
      envFiles: [],
      plan: false,
      json: false,
      debug: false,
      options: {},
    })
  })

  it.each([
    [['--plan'], { plan: true }],
    [['--json'], { json: true }],
    [['--debug'], { debug: true }],
    [['--help'], { help: true }],
    [['-h'], { help: true }],
    [['training'], { pipeline: 'training' }],
    [['-p', 'a=1', '--param', 'b=-2', '--param=c=d=e', '-pf='], { params: ['a=1', 'b=-2', 'c=d=e', 'f='] }],
    [['--name', 'nightly'], { options: { name: 'nightly' } }],
    [['--name=-x'], { options: { name: '-x' } }],
    [['--cache', 'on'], { options: { cache: 'on' } }],
    [['--cache', 'read'], { options: { cache: 'read' } }],
    [['--cache=write'], { options: { cache: 'write' } }],
    [['--cache', 'off'], { options: { cache: 'off' } }],
    [['--no-cache'], { options: { cache: 'off' } }],
    [['--progress', 'live'], { options: { progress: 'live' } }],
    [['--no-live'], { options: { progress: 'plain' } }],
    [['--no-live', '--progress', 'plain'], { options: { progress: 'plain' } }],
    [['--force'], { options: { cache: 'write' } }],
    [['--no-cache', '--cache', 'off'], { options: { cache: 'off' } }],
    [['--force', '--cache', 'write'], { options: { cache: 'write' } }],
    [['--refresh', 'load', '--refresh', 'train'], { options: { refresh: ['load', 'train'] } }],
    [['--tag', 'a', '--tag=b'], { options: { tags: ['a', 'b'] } }],
    [['--failure-mode', 'fail-fast'], { options: { failureMode: 'fail-fast' } }],
    [['--failure-mode', 'stop-on-failure'], { options: { failureMode: 'stop-on-failure' } }],
    [['--failure-mode', 'continue-on-failure'], { options: { failureMode: 'continue-on-failure' } }],
  ])('reads %j, before the file and after it', (argv, expected) => {
    const flags = { ...parseRunFlags(['a.ts']), ...expected }
    expect(parseRunFlags(['a.ts', ...argv])).toEqual(flags)
    if (argv[0]?.startsWith('-')) expect(parseRunFlags([...argv, 'a.ts'])).toEqual(flags)
  })

  it('takes a file behind -- whose name starts with a dash', () => {
    expect(parseRunFlags(['--plan', '--', '--force.ts', '-p'])).toMatchObject({
      file: '--force.ts',
      pipeline: '-p',
      plan: true,
      options: {},
    })
  })

  it('needs no file to print help', () => {
    expect(parseRunFlags(['--help'])).toMatchObject({ help: true, file: '' })
  })

  it.each([
    [[], /needs the file/],
    [['--plan'], /needs the file/],
    [['a.ts', 'b', 'c'], /"c" is too much/],
    [['a.ts', '--', 'b', '--force'], /"--force" is too much/],
    [['a.ts', '--cache', 'of'], /^--cache cannot be "of"; it is one of on, read, write, off\.$/],
    [['a.ts', '--cache='], /^--cache cannot be ""/],
    [['a.ts', '--cache', 'toString'], /^--cache cannot be "toString"/],
    [['a.ts', '--failure-mode', 'fast'], /one of fail-fast, stop-on-failure, continue-on-failure/],
    [['a.ts', '--no-cache', '--force'], /contradict/],
    [['a.ts', '--cache', 'on', '--no-cache'], /contradict/],
    [['a.ts', '--cache', 'read', '--force'], /contradict/],
    [['a.ts', '--pram', 'a=1'], /Did you mean --param\?/],
    [['a.ts', '--failure_mode', 'fail-fast'], /Did you mean --failure-mode\?/],
    [['a.ts', '--tags=x'], /Did you mean --tag\?/],
    [['a.ts', '--plan=yes'], /--plan/],
    [['a.ts', '--refresh'], /--refresh/],
    [['a.ts', '--name', '--json'], /--name/],
  ])('refuses %j', (argv, message) => {
    expect(() => parseRunFlags(argv)).toThrow(usage(message))
  })

  it('reads any command line or refuses it with CAIRN_COMMAND_USAGE', () => {
    const option = fc.constantFrom(...Object.keys(RUN_OPTIONS).map((name) => `--${name}`))
    const argument = fc.oneof(
      option,
      fc.tuple(option, fc.string()).map(([name, value]) => `${name}=${value}`),
      fc.string().map((text) => `-${text}`),
      fc.constantFrom('--', '-', '', '-p', '-h', '-ph', 'on', 'write', 'a.ts', '--__proto__', '--constructor=1'),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 6 }), (argv) => {
        try {
          expect(Object.keys(parseRunFlags(argv))).toHaveLength(13)
        } catch (error) {
          if (!isCairnError(error, 'CAIRN_COMMAND_USAGE')) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })
})
