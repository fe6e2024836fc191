import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { linesOf, printed, resultsProject } from './results-project.ts'

let project: TemporaryProject
beforeAll(async () => {
  project = await resultsProject()
})
afterAll(() => project[Symbol.dispose]())

/** The names of the runs that a list holds. */
async function named(...args: readonly string[]): Promise<readonly string[]> {
  const { runs } = JSON.parse(await printed(project, 'run', 'list', '--json', ...args)) as { runs: { name: string }[] }
  return runs.map(({ name }) => name)
}

describe('cairn run list', () => {
  it.each<[string[], string[]]>([
    [[], ['again', 'broken', 'better', 'first']],
    [
      ['--reverse', '--limit', '2'],
      ['first', 'better'],
    ],
    [
      ['--limit', '2', '--page', '2'],
      ['better', 'first'],
    ],
    [['--page', '9'], []],
    [['--tag', 's7', '--tag', 'best'], ['better']],
    [['--status', 'failed'], ['broken']],
    [['--status', 'cached'], ['again']],
    [
      ['--name', 'B'],
      ['broken', 'better'],
    ],
    [
      ['--pipeline', 'TRAINING@1', '--since', '1h'],
      ['again', 'broken', 'better', 'first'],
    ],
    [['--until', '2020-01-01'], []],
    [['--where', 'metrics.acc > 0.5 and params.gamma <= 0.01'], ['better']],
    [
      ['--where', 'tag = best or (status = failed and metrics.acc < 0.5)'],
      ['broken', 'better'],
    ],
    [
      ['--sort', 'metrics.acc'],
      ['better', 'again', 'first', 'broken'],
    ],
  ])('with %j lists %j', async (args, names) => {
    const found = await named(...args)
    expect(found).toEqual(names)
  })

  it('goes on where a cursor says', async () => {
    const first = JSON.parse(await printed(project, 'run', 'list', '--json', '--limit', '3')) as { cursor: string }
    expect(await named('--limit', '3', '--cursor', first.cursor)).toEqual(['first'])
    expect((await linesOf(project, 'run', 'list', '--limit', '1')).at(-1)).toContain('There are more: --limit N')
  })

  it('prints the columns that are wanted, aligned, without colours where NO_COLOR says so', async () => {
    const { stdout } = await project.cairn(
      ['run', 'list', '--columns', 'name,params.gamma,metrics.*,tag', '--tag', 's7'],
      {
        env: { NO_COLOR: '1' },
      },
    )
    expect(stdout).toBe(
      [
        'NAME    params.gamma  metrics.acc  TAG',
        'better          0.01         0.99  s7, best',
        'first            0.1          0.9  s7',
        '',
      ].join('\n'),
    )
  })

  it('prints CSV that a spreadsheet does not execute', async () => {
    expect(
      await linesOf(project, 'run', 'list', '--csv', '--columns', 'name,params.note,metrics.acc', '--tag', 's7'),
    ).toEqual(['name,params.note,metrics.acc', 'better,,0.99', `first,"'=SUM(A1), ""quoted""",0.9`])
  })

  it.each([
    [['--where', 'metrics.acc >'], /^CAIRN_WHERE_INVALID: .* cannot be read at character 14: a value is missing\./],
    [['--where', "name = 'x; DROP TABLE run"], /^CAIRN_WHERE_INVALID: .*a quote is not closed/],
    [['--where', '('.repeat(500)], /^CAIRN_WHERE_INVALID: .*more than 20 parentheses/],
    [['--sort', 'acc'], /^CAIRN_WHERE_INVALID: .*there is no field "acc"/],
    [['--columns', 'nmae'], /^CAIRN_COMMAND_USAGE: There is no column "nmae"\. Did you mean "name"\?/],
    [['--status', 'done'], /^CAIRN_COMMAND_USAGE: --status cannot be "done"/],
    [['--cursor', 'made up'], /^CAIRN_RECORD_QUERY: /],
    [['--limit', '0'], /^CAIRN_COMMAND_USAGE: --limit cannot be "0"/],
    [['--since', 'yesterday'], /^CAIRN_COMMAND_USAGE: --since cannot be "yesterday"/],
    [['--csv', '--json'], /^CAIRN_COMMAND_USAGE: --json and --csv contradict/],
    [['extra'], /^CAIRN_COMMAND_USAGE: `cairn run list` takes no "extra"/],
  ])('refuses %j with 2', async (args, message) => {
    const { code, stderr } = await project.cairn(['run', 'list', ...args])
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('ends quietly where its reader has gone', async () => {
    const { process: running, ended } = project.execute([
      'sh',
      '-c',
      `${JSON.stringify(process.execPath)} "$0" run list --json | head -c 10`,
      (await import('../project/installed-packages.ts')).CAIRN_BIN,
    ])
    expect(running).toBeDefined()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('cairn run compare', () => {
  it('marks what differs between runs', async () => {
    const lines = await linesOf(project, 'run', 'compare', 'first', 'better')
    const rows = Object.fromEntries(lines.slice(1).map((line) => [/^[* ] +(\S+)/.exec(line)?.[1], line]))
    expect(rows['params.gamma']).toMatch(/^\* +params\.gamma +0\.1 +0\.01$/)
    expect(rows['metrics.acc']).toMatch(/^\* +metrics\.acc +0\.9 +0\.99$/)
    expect(rows['pipeline']).toMatch(/^ +pipeline +training +training$/)
    expect((await linesOf(project, 'run', 'compare', 'first', 'better', '--differing')).join()).not.toContain(
      'pipeline',
    )
  })

  it('compares the last two runs without names, and steps of one run', async () => {
    const json = JSON.parse(await printed(project, 'run', 'compare', '--json')) as { items: object[] }
    expect(json.items).toEqual([{ run: 'broken' }, { run: 'again' }])
    const steps = await linesOf(project, 'run', 'compare', 'better', '--steps', 't*', '--csv')
    expect(steps[0]).toBe('run,id,step,status,duration,params.gamma,params.model.kind,metrics.acc')
    expect(steps[1]).toMatch(/^better,train,train,completed,[\d.]+,0\.01,svc,0\.99$/)
    const none = await project.cairn(['run', 'compare', 'better', '--steps', 'tarin'])
    expect(none.stderr).toContain('CAIRN_STEP_RUN_UNKNOWN')
  })
})

describe('cairn run logs', () => {
  it('prints what steps printed and logged, of reused ones what their origin did', async () => {
    expect(await linesOf(project, 'run', 'logs', 'again')).toEqual([
      'load   | loading digits',
      'train  | fitting with 0.1',
    ])
    expect(await linesOf(project, 'run', 'logs', 'better', 'train')).toEqual(['fitting with 0.01'])
    expect(await linesOf(project, 'run', 'logs', 'train')).toEqual(['fitting with 0.1'])
    expect(await project.cairn(['run', 'logs', 'train', '--stream', 'stderr'])).toMatchObject({ code: 0, stdout: '' })
  })
})

describe('cairn pipeline', () => {
  it('lists, shows and counts versions', async () => {
    expect((await linesOf(project, 'pipeline', 'list'))[1]).toMatch(/^training +1 +again +cached +\d{4}-/)
    const shown = await linesOf(project, 'pipeline', 'show', 'Training')
    expect(shown[0]).toMatch(/^Pipeline training: one version, first run \d{4}-/)
    expect(shown[1]).toBe('  last successful run again')
    expect((await linesOf(project, 'pipeline', 'versions', 'training'))[1]).toMatch(/^ +1 +[0-9a-f]{12} /)
    const unknown = await project.cairn(['pipeline', 'show', 'trainig'])
    expect(unknown.stderr).toMatch(/^CAIRN_PIPELINE_NOT_RECORDED: .*Did you mean "training"\?/)
  })
})
