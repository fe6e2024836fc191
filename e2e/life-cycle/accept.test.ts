import { describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { answer, entriesOf, PIPELINE, storeProject } from './store-project.ts'

/** A change of the code that changes no result. */
function editLoad(project: TemporaryProject): void {
  project.edit(PIPELINE, "const text = 'x'.repeat(size)\n  return text", "return 'x'.repeat(size)")
}

describe('cairn cache accept', () => {
  it('keeps the result of an edited step; the next run reuses it and says so', async () => {
    using project = storeProject()
    await project.run(PIPELINE)
    editLoad(project)
    const asked = await project.cairn(['cache', 'accept', PIPELINE, 'load'])
    expect(asked.code).toBe(2)
    expect(asked.stderr).toMatch(/^CAIRN_CONFIRMATION_MISSING: .*Accept 1 earlier result\?/)
    expect(asked.stdout).toMatch(
      /^Step load: the result of run store-.*\n {2}What differs: .*pipeline\.ts.* changed\.\n$/,
    )

    const accepted = await project.cairn(['cache', 'accept', PIPELINE, 'load', '--yes', '--reason', 'only renamed'])
    expect(accepted).toMatchObject({ code: 0, stderr: '' })
    expect(accepted.stdout).toContain('Accepted. The next run reuses the earlier result of load and says so.\n')

    const rerun = await project.run(PIPELINE)
    expect(rerun.steps).not.toContain('load')
    expect(rerun.stdout).toMatch(/\nStep load goes on with an earlier result that \S+@\S+ accepted: only renamed\.\n/)
    expect((await entriesOf(project)).filter(({ accepted: mark }) => mark !== undefined)).toMatchObject([
      { step: 'load', reuses: 1, accepted: { reason: 'only renamed' } },
    ])
    expect((await project.cairn(['cache', 'ls'])).stdout).toMatch(/; accepted by \S+@\S+: only renamed\n/)
    expect(await project.cairn(['cache', 'accept', PIPELINE, 'load', '--yes'])).toMatchObject({
      code: 0,
      stdout: 'Step load is reused as it is; there is nothing to accept.\n',
    })
  })

  it('takes parameters and options of a file that runs its pipeline itself, and runs nothing', async () => {
    using project = storeProject()
    await project.run('main.ts', { node: true })
    editLoad(project)
    const accepted = await project.cairn(['cache', 'accept', 'main.ts', 'load', '--yes', '--json'])
    expect(accepted).toMatchObject({ code: 0, stderr: '', steps: [] })
    expect(answer(accepted)).toMatchObject({
      format: 'cairn.cache-accept/1',
      dryRun: false,
      accepted: [{ step: 'load', changes: [{ label: 'code' }] }],
    })
    const rerun = await project.run('main.ts', { node: true })
    expect(rerun.result).toBe(3000)
    expect(rerun.steps).not.toContain('load')
  })

  it('refuses other parameters, steps below what would run, and steps that are not there', async () => {
    using project = storeProject()
    await project.run(PIPELINE)
    const refused = async (args: readonly string[], text: RegExp): Promise<void> => {
      const ended = await project.cairn(['cache', 'accept', PIPELINE, ...args, '--yes'])
      expect(ended.code).toBe(2)
      expect(ended.stderr).toMatch(text)
    }
    await refused(['load', '-p', 'size=5'], /^CAIRN_ACCEPT_DIFFERS: .*parameter size 1000 -> 5/)
    await refused(['laod'], /^CAIRN_INVOCATION_UNKNOWN: .*Did you mean "load"\?/)
    await refused(['report'], /^CAIRN_ACCEPT_IMPOSSIBLE: .*its cache is off/)
    await refused(['load', '--pipeline', 'nope'], /^CAIRN_PIPELINE_UNKNOWN/)
    editLoad(project)
    await refused(['parts'], /^CAIRN_ACCEPT_IMPOSSIBLE: .*because step "load" would run/)
    expect((await entriesOf(project)).some(({ accepted }) => accepted !== undefined)).toBe(false)
    const dry = await project.cairn(['cache', 'accept', PIPELINE, 'load', '--dry-run'])
    expect(dry).toMatchObject({ code: 0, stderr: '' })
    expect((await entriesOf(project)).some(({ accepted }) => accepted !== undefined)).toBe(false)
  })
})
