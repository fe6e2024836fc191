import { describe, expect, it } from 'vitest'

import { pipeline } from './pipeline.ts'
import { step } from './step.ts'
import { checkedStepOptions } from './step-options.ts'

const valid = {
  cache: false,
  retry: { attempts: 3, delay: '2s', backoff: 1.5 },
  timeout: '10m',
  resources: { cpu: 2, memory: '4Gi', openai: 1 },
  settings: { local: { niceness: 5 } },
  secrets: ['OPENAI_API_KEY'],
  files: ['data/docs.csv', 'prompts/**/*.md', '/srv/data/*.csv'],
  urls: ['https://example.org/a.csv?v=1'],
  env: ['TZ'],
  key: () => 1,
  ignore: { params: ['a'], inputs: [], env: ['LANG'], packages: ['chalk'] },
  expires: '30d',
  codeVersion: '3',
  undeclared: 'error',
  tags: ['a'],
  onStart: () => {},
  onSuccess: async () => {},
  onFailure: () => {},
}

describe('checkedStepOptions', () => {
  it('keeps every valid option and leaves out what the declaration holds besides', () => {
    expect(checkedStepOptions('Step "a"', { name: 'a', ...valid }, ['name'])).toEqual(valid)
  })

  it('leaves out options that are undefined', () => {
    expect(checkedStepOptions('Step "a"', { cache: undefined }, [])).toEqual({})
  })

  it.each([
    ['cache', 'off'],
    ['cache', 1],
    ['retry', 3],
    ['retry', {}],
    ['retry', { attempts: 0 }],
    ['retry', { attempts: 1.5 }],
    ['retry', { attempts: '3' }],
    ['retry', { attempts: 2, delay: 5 }],
    ['retry', { attempts: 2, delay: '5' }],
    ['retry', { attempts: 2, backoff: 0.5 }],
    ['retry', { attempts: 2, backoff: Number.NaN }],
    ['retry', { attempts: 2, times: 3 }],
    ['timeout', 1000],
    ['timeout', '10 m'],
    ['resources', []],
    ['settings', 'x'],
    ['secrets', 'OPENAI_API_KEY'],
    ['secrets', [1]],
    ['secrets', ['']],
    ['files', 'data/*.csv'],
    ['files', ['']],
    ['files', ['../other/a.csv']],
    ['files', ['data/../../a.csv']],
    ['files', ['data\\..\\..\\a.csv']],
    ['files', ['a\0b']],
    ['urls', ['example.org/a.csv']],
    ['urls', ['file:///etc/passwd']],
    ['env', ['A=B']],
    ['env', 'TZ'],
    ['key', 'date'],
    ['ignore', ['TZ']],
    ['ignore', { params: 'verbose' }],
    ['ignore', { env: [1] }],
    ['env', ['A B']],
    ['secrets', ['A\tB']],
    ['files', ['data/[.csv']],
    ['expires', 30],
    ['expires', '30 days'],
    ['codeVersion', 3],
    ['codeVersion', ''],
    ['undeclared', true],
    ['tags', { a: 1 }],
    ['onStart', 'notify'],
    ['onFailure', {}],
  ])('refuses %s: %j and says what is expected', (option, value) => {
    const refused = (): unknown => checkedStepOptions('Step "a"', { [option]: value }, [])
    expect(refused).toThrow(expect.objectContaining({ code: 'CAIRN_RUN_OPTION_INVALID' }))
    expect(refused).toThrow(`The option ${option} of Step "a" cannot be`)
    expect(refused).not.toThrow(/undefined|\[object Object\]/)
  })

  it('names the nearest kind of what can be ignored', () => {
    expect(() => checkedStepOptions('Step "a"', { ignore: { param: ['x'] } }, [])).toThrow(
      '"param" looks like "params"',
    )
  })

  it('refuses a variable that is a secret, too', () => {
    expect(() => checkedStepOptions('Step "a"', { env: ['KEY'], secrets: ['KEY'] }, [])).toThrow(
      'The option env of Step "a" cannot be ["KEY"]: expected names that are not in its secrets',
    )
  })

  it('names the nearest option for an unknown one', () => {
    expect(() => checkedStepOptions('Step "a"', { timout: '1s' }, [])).toThrow(
      expect.objectContaining({
        code: 'CAIRN_RUN_OPTION_UNKNOWN',
        details: expect.objectContaining({ nearest: 'timeout' }) as object,
      }),
    )
  })

  it.each(['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'])(
    'does not take %s, which every object has, for an option',
    (name) => {
      const given = Object.defineProperty({}, name, { value: 'x', enumerable: true })
      expect(() => checkedStepOptions('Step "a"', given, [])).toThrow(
        expect.objectContaining({ code: 'CAIRN_RUN_OPTION_UNKNOWN' }),
      )
    },
  )

  it('takes a failure mode for pipelines only', () => {
    const build = (): void => {}
    expect(() =>
      pipeline({ name: 'p', failureMode: 'fail-fast', build }).with({ failureMode: 'stop-on-failure' }),
    ).not.toThrow()
    expect(() => pipeline({ name: 'p', failureMode: 'never' as never, build })).toThrow(
      expect.objectContaining({ code: 'CAIRN_RUN_OPTION_INVALID' }),
    )
    const misplaced = { name: 's', failureMode: 'fail-fast' }
    expect(() => step(misplaced)).toThrow(expect.objectContaining({ code: 'CAIRN_RUN_OPTION_UNKNOWN' }))
  })
})
