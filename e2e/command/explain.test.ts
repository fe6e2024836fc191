import { describe, expect, it } from 'vitest'

import { greetingProject, stableLines } from './greeting-project.ts'

describe('cairn explain', () => {
  it('says of a fresh run, a run with a parameter and a cached run why their steps ran or not', async () => {
    using project = greetingProject()
    await project.run('main.ts', { args: ['--name', 'first'] })
    const second = await project.run('main.ts', { args: ['--name', 'second', '--param', 'times=2'] })
    await project.run('main.ts', { args: ['--name', 'third'] })

    const explain = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { code, stdout, stderr } = await project.cairn(['explain', ...args])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return stdout.trimEnd().split('\n')
    }

    expect(stableLines(second.stdout)).toContain('Step count runs: parameter times 1 -> 2 (against run first).')
    expect(await explain('first')).toEqual([
      'Run first of pipeline greeting (version 1): completed',
      '  letters  ran: no earlier entry',
      '  count    ran: no earlier entry',
    ])
    expect(await explain('second')).toEqual([
      'Run second of pipeline greeting (version 1): completed',
      '  letters  was reused from run first',
      '  count    ran: parameter times 1 -> 2 (against run first)',
    ])
    expect((await explain('count'))[0]).toMatch(
      /^count was reused from run first \(made by .+ on host .+ at [\d-]+ [\d:]+\); nothing that counts has changed\.$/,
    )
    expect((await explain('last', 'count', '--against', 'last~1'))[0]).toBe(
      'count differs: parameter times 2 -> 1 (against run second).',
    )
    const json = JSON.parse((await explain('second', 'count', '--json')).join('')) as object
    expect(json).toMatchObject({
      format: 'cairn.explanation/1',
      run: 'second',
      steps: [
        { id: 'count', decision: 'executed', reason: 'changed', changes: [{ kind: 'parameter', name: 'times' }] },
      ],
    })
  })

  it('ends with 2 and the nearest name where there is no such run or step', async () => {
    using project = greetingProject()
    await project.run('main.ts', { args: ['--name', 'nightly'] })
    const run = await project.cairn(['explain', 'nihgtly'])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(
      'CAIRN_RUN_UNKNOWN: "nihgtly" is neither a run nor a step of the newest run nightly. Did you mean "nightly"?',
    )
    const either = await project.cairn(['explain', 'leters'])
    expect(either.stderr).toContain(
      'CAIRN_RUN_UNKNOWN: "leters" is neither a run nor a step of the newest run nightly. Did you mean "letters"?',
    )
    const step = await project.cairn(['explain', 'nightly', 'cuont', '--json'])
    expect(step.code).toBe(2)
    expect(JSON.parse(step.stdout)).toMatchObject({
      format: 'cairn.error/1',
      error: { code: 'CAIRN_STEP_RUN_UNKNOWN' },
    })
  })
})

describe('an empty project', () => {
  it.each([[['explain']], [['run', 'show']], [['explain', 'train']]])('has nothing to show: cairn %j', async (argv) => {
    using project = greetingProject()
    const { code, stderr } = await project.cairn(argv)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^CAIRN_RUN_UNKNOWN: Nothing was run here yet\.\nRun a pipeline first: `cairn run <file>`/)
  })
})

describe('cairn run show', () => {
  it('shows a past run, and runs a file that is called show', async () => {
    using project = greetingProject({ 'show.ts': 'console.log("never")\n' })
    await project.run('main.ts', { args: ['--name', 'first', '--tag', 'a'] })
    const shown = await project.cairn(['run', 'show', 'FIRST'])
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    expect(shown.stdout).toMatch(
      /^Run first of pipeline greeting \(version 1\): completed\n {2}started .*\n {2}stack default, tags a\n {2}letters +completed +\d.*\n {2}count +completed/,
    )
    const json = await project.cairn(['run', 'show', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: 'cairn.run/1',
      name: 'first',
      steps: [{ id: 'letters' }, { id: 'count' }],
    })
    expect((await project.cairn(['run', './show'])).stderr).toContain('CAIRN_FILE_MISSING: The file ./show')
  })
})
