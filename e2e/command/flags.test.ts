import { existsSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { folderContent } from '../project/local-state.ts'
import { CAIRN_BIN } from '../project/installed-packages.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { GREETING, greetingProject } from './greeting-project.ts'

describe('--param', () => {
  it.each([
    [['name=x'], 'x.'],
    [['name=12'], '12.'],
    [['name="12"'], '12.'],
    [['name=a=b'], 'a=b.'],
    [['name='], '.'],
    [['name=true', 'times=2'], 'truetrue.'],
    [['times=3', 'name=ab'], 'ababab.'],
    [['style.loud=true'], 'CAIRN.'],
    [['style.mark=!', 'style.loud=true'], 'CAIRN!'],
    [['style={"loud":true,"mark":"?"}'], 'CAIRN?'],
    [['style={"loud":true,"mark":"?"}', 'style.mark=;'], 'CAIRN;'],
  ])('%j gives %s', async (params, result) => {
    using project = greetingProject()

    const run = await project.run('main.ts', { args: params.flatMap((param) => ['--param', param]) })

    expect(run).toMatchObject({ code: 0, stderr: '', result })
  })

  it('wins over what the file gives, name by name', async () => {
    using project = temporaryProject({
      'main.ts': `${GREETING}
const run = await greeting.run({ name: 'file', times: 2 })
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
    })

    expect(await project.run('main.ts', { args: ['-p', 'name=flag'] })).toMatchObject({ code: 0, result: 'flagflag.' })
  })

  it.each([
    ['times=0', 2, /^CAIRN_PARAMETER_INVALID: Pipeline "greeting" .*"times".*\(was 0\)/],
    ['times=many', 2, /^CAIRN_PARAMETER_INVALID: .*"times".*\(was "many"\)/],
    ['style.loud=yes', 2, /^CAIRN_PARAMETER_INVALID: .*"style\.loud".*\(was "yes"\)/],
    ['nmae=x', 2, /^CAIRN_PARAMETER_UNKNOWN: .*"nmae".*Did you mean "name"\?/],
    ['name', 2, /^CAIRN_PARAMETER_SYNTAX: .*"name".*NAME=VALUE/],
    ['=x', 2, /^CAIRN_PARAMETER_SYNTAX: /],
    ['style..loud=true', 2, /^CAIRN_PARAMETER_SYNTAX: /],
    ['__proto__.x=1', 2, /^CAIRN_PARAMETER_SYNTAX: /],
  ])('%s is refused before anything is recorded', async (param, code, message) => {
    using project = greetingProject()

    const run = await project.run('main.ts', { args: ['--param', param] })

    expect(run).toMatchObject({ code, stdout: '', steps: [] })
    expect(run.stderr).toMatch(message)
    expect(run.stderr).not.toMatch(/^\s+at /m)
    expect(project.exists('.cairn')).toBe(false)
  })
})

describe('--step-param and --tag', () => {
  it.each<[readonly string[], RegExp]>([
    [
      ['--step-param', 'gamma'],
      /^CAIRN_PARAMETER_SYNTAX: .*"gamma" is not STEP\.NAME=VALUE[^]*--step-param train\.gamma/,
    ],
    [['--step-param', 'gamma=1'], /^CAIRN_PARAMETER_SYNTAX: .*"gamma=1" is not STEP\.NAME=VALUE/],
    [['--tag', ''], /^CAIRN_COMMAND_USAGE: --tag cannot be empty/],
  ])('%j is refused before anything is recorded', async (args, message) => {
    using project = greetingProject()
    const run = await project.run('main.ts', { args })
    expect(run).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(run.stderr).toMatch(message)
    expect(project.exists('.cairn')).toBe(false)
  })
})

describe('output that cannot be written', () => {
  const printed = (project: TemporaryProject, command: string) =>
    project.execute(['/bin/sh', '-c', `"${process.execPath}" "${CAIRN_BIN}" ${command}; echo "code $?" >&2`]).ended

  it('ends a command quietly where nobody reads it', async () => {
    using project = temporaryProject({})
    // The pipe is closed before anything is printed.
    const { stderr } = await printed(project, '--version | true')
    expect(stderr).not.toContain('EPIPE')
  })

  it.skipIf(!existsSync('/dev/full'))('is an error without a stack where there is no room', async () => {
    using project = temporaryProject({})
    const { stderr } = await printed(project, 'run list --json > /dev/full')
    expect(stderr).toMatch(/^Standard output cannot be written: ENOSPC.*\ncode 2\n$/)
  })
})

describe('--name', () => {
  it('fills date and time in', async () => {
    using project = greetingProject()

    const run = await project.run('main.ts', { args: ['--name', 'nightly_{{date}}_{{time}}'] })

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^Creating run nightly_\d{4}_\d\d_\d\d_\d\d_\d\d_\d\d_\d{6} for pipeline greeting /m)
  })

  it.each([
    ['a/b', /^CAIRN_NAME_INVALID: The run name "a\/b"/],
    ['con', /^CAIRN_NAME_INVALID: /],
    ['{{tmie}}', /^CAIRN_RUN_OPTION_UNKNOWN: .*"tmie".*Did you mean "time"\?/],
  ])('%s is refused', async (name, message) => {
    using project = greetingProject()

    const run = await project.run('main.ts', { args: ['--name', name] })

    expect(run).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(run.stderr).toMatch(message)
  })
})

describe('--plan', () => {
  it('says what a first run would do and leaves the project as it is', async () => {
    using project = greetingProject()
    const before = folderContent(project, '.')

    const plan = await project.run('main.ts', { args: ['--plan'] })

    expect(plan).toMatchObject({ code: 0, stderr: '', steps: [] })
    expect(plan.stdout).toMatch(
      /^Plan of pipeline greeting \(a new version\):\n {2}letters +runs.*\n {2}count +runs: no earlier entry\n$/,
    )
    expect(folderContent(project, '.')).toEqual(before)
  })

  it('says what is reused and changes nothing in the local state', async () => {
    using project = greetingProject()
    await project.run('main.ts')
    const before = folderContent(project, '.')

    const same = await project.run('main.ts', { args: ['--plan'] })
    const other = await project.run('pipeline.ts', { args: ['--plan', '--param', 'times=2', '--json'] })

    expect(same).toMatchObject({ code: 0, stderr: '', steps: [] })
    expect(same.stdout).toMatch(/^Plan of pipeline greeting \(version 1\):\n {2}letters +reused\n {2}count +reused\n$/)
    expect(JSON.parse(other.stdout)).toMatchObject({
      format: 'cairn.plan/1',
      pipeline: 'greeting',
      version: 1,
      // The same steps in another file are the same code.
      steps: [
        { id: 'letters', state: 'reused' },
        {
          id: 'count',
          state: 'runs',
          reason: expect.stringMatching(/^parameter times 1 -> 2 \(against run greeting-/),
        },
      ],
    })
    expect(folderContent(project, '.')).toEqual(before)
  })
})

describe('--json', () => {
  it('prints one line of JSON on standard output and the log on standard error', async () => {
    using project = greetingProject()

    const run = await project.run('main.ts', { args: ['--json', '--name', 'one'] })

    expect(run).toMatchObject({ code: 0, steps: ['count', 'letters'] })
    expect(run.stdout).toMatch(/^[^\n]*\n$/)
    expect(JSON.parse(run.stdout)).toMatchObject({
      format: 'cairn.run/1',
      name: 'one',
      pipeline: 'greeting',
      version: 1,
      status: 'completed',
      steps: [
        { id: 'letters', step: 'letters', status: 'completed', metrics: [] },
        { id: 'count', step: 'count', status: 'completed', outputs: { output: { kind: 'file', type: 'json@1' } } },
      ],
    })
    expect(run.stderr).toContain('Step letters has started.\n')
    expect(run.stderr).toContain('RESULT "cairn."\n')
  })

  it.each([
    [['run', 'main.ts', '--json', '--param', 'times=0'], 'CAIRN_PARAMETER_INVALID'],
    [['run', 'main.ts', '--jsno', '--json'], 'CAIRN_COMMAND_USAGE'],
    [['run', 'missing.ts', '--json'], 'CAIRN_FILE_MISSING'],
    [['rnu', '--json'], 'CAIRN_COMMAND_USAGE'],
  ])('prints the error of %j as JSON, too', async (args, code) => {
    using project = greetingProject()

    const failed = await project.cairn(args)

    expect(failed.code).toBe(2)
    expect(failed.stdout).toMatch(/^[^\n]*\n$/)
    expect(JSON.parse(failed.stdout)).toMatchObject({ format: 'cairn.error/1', error: { code } })
    expect(failed.stderr).toContain(`${code}: `)
  })
})

describe('the command line', () => {
  it.each([[['--help']], [['-h']], [['help']], [[]]])('%j prints the help', async (args) => {
    using project = greetingProject()

    const help = await project.cairn(args)

    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toMatch(/^.*\n\nUsage: cairn <command>/)
    expect(help.stdout).toMatch(/Exit codes: 0 .*1 .*2 .*130/)
  })

  it.each([[['run', '--help']], [['run', 'pipeline.ts', '-h']]])('%j prints the help of run', async (args) => {
    using project = greetingProject()

    const help = await project.cairn(args)

    expect(help).toMatchObject({ code: 0, stderr: '', steps: [] })
    expect(help.stdout).toContain('Usage: cairn run <file> [pipeline]')
  })

  it('prints its version, alone or with what it runs on', async () => {
    using project = greetingProject()

    const alone = await project.cairn(['--version'])
    const all = await project.cairn(['version'])
    const json = await project.cairn(['version', '--json'])

    expect(alone).toMatchObject({ code: 0, stderr: '' })
    expect(alone.stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/)
    expect(all.stdout).toContain(`cairn ${alone.stdout}node ${process.version}\n`)
    expect(JSON.parse(json.stdout)).toMatchObject({ format: 'cairn.version/1', cairn: alone.stdout.trim() })
  })

  it.each([
    [['rnu', 'pipeline.ts'], /no command "rnu".*Did you mean "run"\?/],
    [['run'], /needs the file/],
    [['run', 'pipeline.ts', '--pram', 'a=1'], /no option --pram\. Did you mean --param\?/],
    [['run', 'pipeline.ts', '--no-cahce'], /no option --no-cahce\. Did you mean --no-cache\?/],
    [['run', 'pipeline.ts', '--jsno=1'], /no option --jsno\. Did you mean --json\?/],
    [['run', 'pipeline.ts', '--param'], /--param/],
    [['run', 'pipeline.ts', '-x'], /-x/],
    [['run', 'pipeline.ts', 'greeting', 'more'], /"more" is too much/],
    [['run', 'pipeline.ts', '--force', '--no-cache'], /contradict/],
    [['run', 'pipeline.ts', '--failure-mode', 'fast'], /"fast".*fail-fast, stop-on-failure/],
    [['version', '--jsno'], /--jsno/],
  ])('%j is refused and says what is meant', async (args, message) => {
    using project = greetingProject()

    const refused = await project.cairn(args)

    expect(refused).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(refused.stderr).toMatch(/^CAIRN_COMMAND_USAGE: /)
    expect(refused.stderr).toMatch(message)
    expect(refused.stderr).not.toMatch(/^\s+at /m)
  })
})
