import path from 'node:path'

import { cairnError } from '@cairnml/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { printError, type ErrorOutput } from './print-error.ts'

beforeEach(() => vi.stubEnv('CAIRN_DEBUG', undefined))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

function printed(
  error: unknown,
  output: Partial<ErrorOutput> = {},
): { readonly stdout: string; readonly stderr: string } {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  printError(error, { json: false, debug: false, ...output })
  const text = (of: typeof stdout): string => of.mock.calls.map(([chunk]) => chunk).join('')
  return { stdout: text(stdout), stderr: text(stderr) }
}

function withStack(error: Error, place: string): Error {
  error.stack = `${error.name}: ${error.message}\n    at Object.build (${place})`
  return error
}

const TAKEN = cairnError('CAIRN_RUN_NAME_TAKEN', { name: 'nightly' }, { cause: new TypeError('below') })
const LINES = `CAIRN_RUN_NAME_TAKEN: ${TAKEN.message}\n${TAKEN.hint ?? ''}\n`
const MORE = 'More: cairn help CAIRN_RUN_NAME_TAKEN\n'

describe('printError', () => {
  it('prints code, message and hint of a Cairn error on standard error, and where there is more, and no stack', () => {
    expect(printed(TAKEN)).toEqual({ stdout: '', stderr: LINES + MORE })
  })

  it('leaves it at the hint of a wrong call, which names its help', () => {
    const { stderr } = printed(cairnError('CAIRN_COMMAND_USAGE', { problem: 'x' }))
    expect(stderr).toContain('--help')
    expect(stderr).not.toContain('More:')
  })

  it.each([
    [withStack(new TypeError('wrong'), 'node:internal/a.js:1:2'), 'TypeError: wrong\n'],
    [withStack(Object.assign(new Error('gone'), { code: 'ENOENT' }), '/p/node_modules/a.js:1:2'), 'ENOENT: gone\n'],
    [withStack(new RangeError('far'), path.resolve('src/build.ts') + ':3:5'), 'RangeError: far (src/build.ts:3:5)\n'],
    [withStack(Object.assign(new Error('ENOSPC: no room'), { code: 'ENOSPC' }), 'node:a.js:1:2'), 'ENOSPC: no room\n'],
    ['text', 'THROWN: text\n'],
    [undefined, 'THROWN: undefined was thrown\n'],
    [Object.create(null), 'THROWN: {} was thrown\n'],
  ])('prints %o, too', (error, stderr) => {
    expect(printed(error)).toEqual({ stdout: '', stderr })
  })

  it('prints one line of JSON on standard output besides, where asked', () => {
    const { stdout, stderr } = printed(TAKEN, { json: true })
    expect(stdout).toMatch(/^[^\n]+\n$/)
    expect(JSON.parse(stdout)).toEqual({
      format: 'cairn.error/1',
      error: { code: 'CAIRN_RUN_NAME_TAKEN', message: TAKEN.message, hint: TAKEN.hint },
    })
    expect(stderr).toBe(LINES)
  })

  it.each([
    ['--debug', { debug: true }, undefined],
    ['CAIRN_DEBUG', {}, '1'],
  ])('prints stacks and those of causes for %s', (_, output, variable) => {
    vi.stubEnv('CAIRN_DEBUG', variable)
    const { stderr } = printed(TAKEN, output)
    expect(stderr.startsWith(LINES + MORE)).toBe(true)
    expect(stderr).toMatch(/\n\s+at .*print-error\.test\.ts/)
    expect(stderr).toContain('Caused by: TypeError: below\n')
  })
})
