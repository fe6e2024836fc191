import { describe, expect, it } from 'vitest'

import { GREETING, greetingProject } from '../command/greeting-project.ts'
import { temporaryProject } from '../project/temporary-project.ts'

/** The file says `file`, twice and loud. */
const SAID = `${GREETING}
const run = await greeting.run(
  { name: 'file', times: 2, style: { loud: true } },
  { name: 'said', tags: ['code'], steps: { count: { params: { times: 3 } } } },
)
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`

describe('--config', () => {
  it.each([
    ['run.yaml', 'params:\n  name: yaml\nsteps:\n  count:\n    timeout: 10s\n    params: { times: 1 }\n'],
    ['run.json', '{\n\t"params": { "name": "yaml" },\n\t"steps": { "count": { "params": { "times": 1 } } }\n}\n'],
  ])('wins over the code, parameter by parameter: %s', async (file, text) => {
    using project = temporaryProject({ 'main.ts': SAID, [file]: text })

    const run = await project.run('main.ts', { args: ['--config', file] })

    expect(run).toMatchObject({ code: 0, stderr: '', result: 'YAML.' })
    expect(run.stdout).toContain('Creating run said for pipeline greeting')
  })

  it('gives way to flags, one by one', async () => {
    using project = temporaryProject({
      'main.ts': SAID,
      'run.yaml': `name: by_{{team}}_{{kind}}
substitutions: { team: config, kind: yaml }
tags: [config]
params: { name: yaml, style: { mark: '?' } }
steps: { count: { params: { times: 1, style: { mark: '!', loud: true } } } }
`,
    })
    const flags = ['--param', 'name=flag', '--step-param', 'count.times=2', '--substitution', 'team=flags']

    const config = await project.run('main.ts', { args: ['--config', 'run.yaml'] })
    const both = await project.run('main.ts', { args: ['--config', 'run.yaml', ...flags] })
    const deep = await project.run('main.ts', {
      args: ['--config', 'run.yaml', '--step-param', 'count.style.loud=false', '--name', 'deep', '--tag', 'flag'],
    })

    expect(config).toMatchObject({ code: 0, result: 'YAML!' })
    expect(config.stdout).toContain('Creating run by_config_yaml for')
    expect(both).toMatchObject({ code: 0, result: 'FLAGFLAG!' })
    expect(both.stdout).toContain('Creating run by_flags_yaml for')
    expect(deep).toMatchObject({ code: 0, result: 'yaml!' })
    expect(deep.stdout).toContain('Creating run deep for')
  })

  it('takes cache, refresh and failure mode', async () => {
    using project = greetingProject({ 'run.yaml': 'refresh: [count]\n', 'off.yaml': 'cache: off\n' })
    await project.run('pipeline.ts')

    expect(await project.run('pipeline.ts', { args: ['--config', 'run.yaml'] })).toMatchObject({ steps: ['count'] })
    const off = await project.run('pipeline.ts', { args: ['--config', 'off.yaml'] })
    expect(off).toMatchObject({ code: 0, steps: ['count', 'letters'] })
    const on = await project.run('pipeline.ts', { args: ['--config', 'off.yaml', '--cache', 'on'] })
    expect(on).toMatchObject({ code: 0, steps: [] })
  })

  it('fills variables in, as JSON where the schema takes it and as text else', async () => {
    using project = greetingProject({
      '.env': 'WHO=12\nTIMES=2\n',
      'run.yaml': 'name: by_${env:USER_NAME}\nparams: { name: "${env:WHO}", times: "${env:TIMES}" }\n',
    })

    const args = ['--config', 'run.yaml', '--env-file', '.env']
    const run = await project.run('main.ts', { args, env: { USER_NAME: 'me' } })

    expect(run).toMatchObject({ code: 0, stderr: '', result: '1212.' })
    expect(run.stdout).toContain('Creating run by_me for')
  })

  it.each([
    ['parms: {}\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:1:1: there is no "parms" here\. Did you mean "params"\?/],
    ['steps:\n  count:\n    timout: 1s\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:3:5: .*"timout".*"timeout"\?/],
    [
      'steps:\n  cuont:\n    cache: false\n',
      'CAIRN_CONFIG_INVALID',
      /run\.yaml:2:3: .*"cuont".*Did you mean "count"\?/,
    ],
    [
      'steps:\n  count: { timeout: soon }\n',
      'CAIRN_CONFIG_INVALID',
      /run\.yaml:2:21: "steps\.count\.timeout" is "soon"/,
    ],
    ['steps:\n  count:\n    files: [../x]\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:3:12: .*files/],
    ['steps:\n  count:\n    retry: { delay: 1s }\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:3:12: .*attempts/],
    ['steps:\n  count:\n    onStart: x\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:3:5: there is no "onStart"/],
    ['params:\n  nmae: x\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:2:3: .*"nmae".*Did you mean "name"\?/],
    ['params:\n  style:\n    loud: 7\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:3:11: .*"style\.loud"/],
    ['steps:\n  count:\n    params: { times: x }\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:3:22: .*"times"/],
    ['refresh: [cuont]\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:1:1: .*"cuont"/],
    ['cache: sometimes\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:1:8: .*expected on, read, write, off, true or false/],
    ['params: { name: "${env:NOT_SET}" }\n', 'CAIRN_CONFIG_VARIABLE', /"NOT_SET" at run\.yaml:1:17 .*it is not set/],
    ['params: { name: "${env:API_KEY}" }\n', 'CAIRN_CONFIG_VARIABLE', /"API_KEY" at run\.yaml:1:17 .*is a secret/],
    ['a: &a [x]\nb: [*a, *c]\n', 'CAIRN_CONFIG_INVALID', /run\.yaml:2:9: /],
    ['name: con\n', 'CAIRN_NAME_INVALID', /"con" .*reserved device name/],
    [`name: ${'x'.repeat(260)}\n`, 'CAIRN_NAME_INVALID', /260 characters/],
  ])('%j is refused before anything happens', async (text, code, message) => {
    using project = greetingProject({ 'run.yaml': text })

    const run = await project.run('main.ts', { args: ['--config', 'run.yaml'], env: { API_KEY: 'hidden-value' } })

    expect(run).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(run.stderr.startsWith(`${code}: `)).toBe(true)
    expect(run.stderr).toMatch(message)
    expect(run.stderr).not.toMatch(/^\s+at |hidden-value/m)
    expect(project.exists('.cairn')).toBe(false)
  })

  it('is refused where it is not there, or a folder', async () => {
    using project = greetingProject({ 'configs/x': '' })

    for (const [file, problem] of [
      ['no.yaml', 'it is not there'],
      ['configs', 'it is a folder'],
    ] as const) {
      const run = await project.run('main.ts', { args: ['--config', file] })
      expect(run).toMatchObject({ code: 2, steps: [] })
      expect(run.stderr).toContain(`CAIRN_CONFIG_MISSING: --config needs the file ${file}: ${problem}.`)
    }
  })

  it('does not show a value of the environment that does not fit', async () => {
    using project = greetingProject({ 'run.yaml': 'cache: ${env:MODE}\n' })

    const run = await project.run('main.ts', { args: ['--config', 'run.yaml'], env: { MODE: 'private-mode' } })

    expect(run.stderr).toMatch(/run\.yaml:1:8: "cache" is from the environment: expected on/)
    expect(run.stderr).not.toContain('private-mode')
  })
})

describe('flags of parameters', () => {
  it.each([
    [['--param-text', 'name=12'], '12.'],
    [['--param-text', 'name=true', '--param', 'times=2'], 'truetrue.'],
    [['--param-text', 'style.mark=null'], 'cairnnull'],
    [['--step-param', 'letters.name=12'], '12.'],
    [['--step-param', 'count.times=2', '--step-param', 'count.style.mark=!'], 'cairncairn!'],
  ])('%j gives %s', async (args, result) => {
    using project = greetingProject()

    expect(await project.run('main.ts', { args })).toMatchObject({ code: 0, stderr: '', result })
  })

  it.each([
    [['--param-text', 'times=2'], 'CAIRN_PARAMETER_INVALID', /"times"/],
    [['--param-text', 'name'], 'CAIRN_PARAMETER_SYNTAX', /"name"/],
    [['--step-param', 'times=2'], 'CAIRN_PARAMETER_SYNTAX', /"times=2"/],
    [
      ['--step-param', 'cuont.times=2'],
      'CAIRN_INVOCATION_UNKNOWN',
      /--step-param names "cuont".*Did you mean "count"\?/,
    ],
    [['--step-param', 'count.tiems=2'], 'CAIRN_PARAMETER_UNKNOWN', /"tiems".*Did you mean "times"\?/],
    [['--step-param', 'count.times=x'], 'CAIRN_PARAMETER_INVALID', /Step "count".*"times"/],
    [['--step-param', 'count.__proto__.x=1'], 'CAIRN_PARAMETER_SYNTAX', /__proto__/],
    [['--substitution', 'team'], 'CAIRN_COMMAND_USAGE', /"team"/],
    [
      ['--name', 'by_{{taem}}', '--substitution', 'team=x'],
      'CAIRN_RUN_OPTION_UNKNOWN',
      /"taem".*Did you mean "team"\?/,
    ],
    [['--name', 'a{{sub}}', '--substitution', 'sub=/../b'], 'CAIRN_NAME_INVALID', /"a\/\.\.\/b"/],
  ])('%j is refused', async (args, code, message) => {
    using project = greetingProject()

    const run = await project.run('main.ts', { args })

    expect(run).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(run.stderr.startsWith(`${code}: `)).toBe(true)
    expect(run.stderr).toMatch(message)
  })

  it('refuses a run whose name differs from another one in case only', async () => {
    using project = greetingProject()
    await project.run('main.ts', { args: ['--name', 'Nightly'] })

    const again = await project.run('main.ts', { args: ['--name', 'nightly'] })

    expect(again.code).toBe(2)
    expect(again.stderr).toMatch(/^CAIRN_RUN_NAME_TAKEN: /)
  })
})
