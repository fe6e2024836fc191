import { describe, expect, it } from 'vitest'
import { number, object, string } from 'zod'

import {
  ContentCachePolicy,
  pipeline,
  pipelineDefinition,
  step,
  type KeyTree,
  type StepForCaching,
} from '@cairnml/core'

import { NamedCode, keysIn, present, statuses, valueOf } from '../trial/trial.fixture.ts'
import { acceptProposed } from './accept.ts'
import { chain, CacheTrial } from './life-cycle.fixture.ts'
import { listEntries } from './list-entries.ts'
import { proposeAcceptance, type AcceptanceProposal } from './propose-acceptance.ts'
import { proposePrune, removeProposed } from './removal.ts'

interface Given {
  readonly force?: boolean
  readonly pipeline?: object
}

function propose(
  trial: CacheTrial,
  stepName: string,
  args: Readonly<Record<string, unknown>> = {},
  given: Given = {},
): Promise<AcceptanceProposal> {
  return proposeAcceptance({
    pipeline: present(pipelineDefinition(given.pipeline ?? chain)),
    args,
    options: { stack: trial.stack },
    environment: { fallbackDirs: [], code: trial.code },
    step: stepName,
    ...(given.force === undefined ? {} : { force: given.force }),
  })
}

const made = (): { readonly code: NamedCode; readonly trial: CacheTrial } => {
  const code = new NamedCode()
  return { code, trial: new CacheTrial({ code }) }
}

describe('accepting a step whose code was edited', () => {
  it('keeps its earlier result under the new key, and the next run says whose word that is', async () => {
    const { code, trial } = made()
    const first = await trial.chain()
    code.edit('load')
    const proposed = await propose(trial, 'load')
    expect(proposed.reused).toEqual([])
    expect(proposed.steps.map(({ label, earlier }) => [label, earlier.changes.map((change) => change.label)])).toEqual([
      ['load', ['code']],
    ])
    const before = await listEntries(trial.stores)
    expect(before.some(({ accepted }) => accepted !== undefined)).toBe(false)

    const [entry] = await acceptProposed(proposed, 'renamed a variable')
    expect(entry).toMatchObject({
      key: proposed.steps[0]?.key,
      run: { id: first.id },
      accepted: { from: before.find((one) => one.step === 'load')?.id, reason: 'renamed a variable' },
    })
    const lines = await trial.linesOf(async () => {
      const run = await trial.chain()
      expect(statuses(run)).toMatchObject({ load: 'cached', lengths: 'cached' })
      expect(await trial.stepRecord(run.id, 'load')).toMatchObject({ origin: `${first.id}.load`, entry: entry?.id })
      expect((await valueOf(run, 'load')) as string).toHaveLength(1000)
    })
    expect(lines).toContainEqual(
      expect.stringMatching(/^Step load goes on with an earlier result that .+@.+ accepted: renamed a variable\.$/),
    )
    expect(await trial.records.get('keyTree', present(entry).key)).toBeDefined()
    expect((await listEntries(trial.stores)).filter(({ accepted }) => accepted !== undefined)).toMatchObject([
      { step: 'load', reuses: 1, accepted: { reason: 'renamed a variable' } },
    ])
  })

  it('finds the result of the same parameters among newer ones of others', async () => {
    const { code, trial } = made()
    await trial.chain(1000)
    await trial.chain(2000)
    code.edit('load')
    const proposed = await propose(trial, 'load', { size: 1000 })
    expect(proposed.steps[0]?.earlier.entry.outputs['output']?.size).toBe(1002)
  })

  it('goes on from an accepted result to the next, also when the first one is gone', async () => {
    const { code, trial } = made()
    await trial.chain()
    code.edit('load')
    await acceptProposed(await propose(trial, 'load'), undefined)
    await removeProposed(trial.stores, await proposePrune(trial.stores, { keepLast: 1 }))
    expect(await keysIn(trial.artifacts, 'cache/')).toHaveLength(2)
    code.edit('load')
    await acceptProposed(await propose(trial, 'load'), undefined)
    expect(statuses(await trial.chain())).toMatchObject({ load: 'cached', lengths: 'cached' })
  })

  it('does nothing for a step that is reused as it is', async () => {
    const { trial } = made()
    await trial.chain()
    expect(await propose(trial, 'load')).toMatchObject({ steps: [], reused: ['load'] })
  })

  it('plans one that depends on another with the result that the other is to get', async () => {
    const { code, trial } = made()
    const twice = step({
      name: 'load',
      params: object({ size: number() }),
      inputs: { from: string() },
      output: string(),
    })
    const first = step({ name: 'first', output: string() }).implement(() => 'x')
    const again = twice.implement(({ size, from }) => from.repeat(size))
    const nested = pipeline({
      name: 'nested',
      build: () => again({ size: 3, from: again({ size: 2, from: first() }, { id: 'inner' }) }, { id: 'outer' }),
    })
    await trial.run(nested)
    code.edit('load')
    const proposed = await propose(trial, 'load', {}, { pipeline: nested })
    expect(proposed.steps.map(({ earlier }) => earlier.entry.invocation)).toEqual(['inner', 'outer'])
    await acceptProposed(proposed, undefined)
    expect(statuses(await trial.run(nested))).toEqual({ first: 'cached', inner: 'cached', outer: 'cached' })
  })
})

describe('accepting is refused', () => {
  it('where parameters or inputs differ, unless it is forced', async () => {
    const { trial } = made()
    await trial.chain(1000)
    await expect(propose(trial, 'load', { size: 500 })).rejects.toMatchObject({
      code: 'CAIRN_ACCEPT_DIFFERS',
      details: { step: 'load', differences: ['parameter size 1000 -> 500'] },
    })
    const before = await keysIn(trial.artifacts)
    const forced = await propose(trial, 'load', { size: 500 }, { force: true })
    expect(await keysIn(trial.artifacts)).toEqual(before)
    await acceptProposed(forced, undefined)
    const run = await trial.chain(500)
    expect((await valueOf(run, 'load')) as string).toHaveLength(1000)
  })

  it('where a step above would run, so that its inputs are not known', async () => {
    const { code, trial } = made()
    await trial.chain()
    code.edit('load')
    code.edit('lengths')
    await expect(propose(trial, 'lengths')).rejects.toMatchObject({
      code: 'CAIRN_ACCEPT_IMPOSSIBLE',
      message: expect.stringContaining('because step "load" would run') as string,
    })
    await acceptProposed(await propose(trial, 'load'), undefined)
    expect((await propose(trial, 'lengths')).steps).toHaveLength(1)
  })

  it.each([
    ['that has no earlier result', 'load', /it has none whose outputs are still there/],
    ['whose cache is off', 'report', /its inputs are not known/],
  ])('for a step %s', async (_which, name, message) => {
    const { trial } = made()
    await expect(propose(trial, name)).rejects.toMatchObject({
      code: 'CAIRN_ACCEPT_IMPOSSIBLE',
      message: expect.stringMatching(message) as string,
    })
  })

  it('for a step that the pipeline does not have', async () => {
    const { trial } = made()
    await expect(propose(trial, 'laod')).rejects.toMatchObject({
      code: 'CAIRN_INVOCATION_UNKNOWN',
      message: expect.stringContaining('Did you mean "load"?') as string,
    })
  })

  it('for another form of output, also where it is forced', async () => {
    class Typed extends ContentCachePolicy {
      output = 'a'

      override async describe(of: StepForCaching): Promise<KeyTree> {
        return { policy: 'typed', parts: [{ label: `output:${of.step}`, value: this.output }] }
      }
    }
    const cachePolicy = new Typed()
    const trial = new CacheTrial({ cachePolicy })
    await trial.chain()
    cachePolicy.output = 'b'
    await expect(propose(trial, 'load', {}, { force: true })).rejects.toMatchObject({
      code: 'CAIRN_ACCEPT_IMPOSSIBLE',
      message: expect.stringContaining('its nearest one has another form (type of output load a -> b)') as string,
    })
  })

  it('for a result that has expired, whether its code was edited or not', async () => {
    const { code, trial } = made()
    const brief = step({ name: 'brief', output: string(), expires: '5ms' }).implement(() => 'x')
    const short = pipeline({ name: 'short', build: () => brief() })
    await trial.run(short)
    await new Promise((resolve) => setTimeout(resolve, 20))
    for (const _edit of [0, 1]) {
      await expect(propose(trial, 'brief', {}, { pipeline: short })).rejects.toMatchObject({
        code: 'CAIRN_ACCEPT_IMPOSSIBLE',
        message: expect.stringContaining('the cache policy does not accept the one that is there') as string,
      })
      code.edit('brief')
    }
  })

  it('for a result whose outputs are gone', async () => {
    const { code, trial } = made()
    await trial.chain()
    for (const key of await keysIn(trial.artifacts, 'blobs/')) await trial.artifacts.delete(key)
    code.edit('load')
    await expect(propose(trial, 'load')).rejects.toMatchObject({ code: 'CAIRN_ACCEPT_IMPOSSIBLE' })
  })
})
