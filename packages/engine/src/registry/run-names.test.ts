import { MemoryMetadataStore, pipeline, step, type OperationOptions, type RecordChange } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { keysIn, Trial } from '../trial/trial.fixture.ts'

const one = step({ name: 'one', output: z.number() }).implement(() => 1)
const nightly = pipeline({ name: 'nightly', build: () => one() })

/** A store in which another process takes the name of a run just before this one does. */
class RacedMetadataStore extends MemoryMetadataStore {
  #races: number

  constructor(races: number) {
    super()
    this.#races = races
  }

  override async write(changes: readonly RecordChange[], options?: OperationOptions): Promise<void> {
    const [first] = changes
    if (first?.op === 'insert' && first.kind === 'run' && this.#races > 0) {
      this.#races -= 1
      const id = `other-${this.#races}`
      await super.write([{ ...first, record: { ...first.record, id } }])
    }
    await super.write(changes, options)
  }
}

describe('names of runs', () => {
  it('are made of pipeline, date and time by default', async () => {
    const run = await new Trial().run(nightly)
    expect(run.name).toMatch(/^nightly-\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d_\d{6}$/)
  })

  it('are taken from the template of the run', async () => {
    const trial = new Trial()
    const run = await trial.run(nightly, {}, { name: '{{team}}_{{date}}', substitutions: { team: 'vision' } })
    expect(run.name).toMatch(/^vision_\d{4}_\d\d_\d\d$/)
    await expect(trial.lastRun()).resolves.toMatchObject({ name: run.name, nameKey: run.name })
  })

  it.each(['first', 'FIRST'])('are refused when taken, ignoring case: %s', async (name) => {
    const trial = new Trial()
    await trial.run(nightly, {}, { name: 'First' })
    const before = await keysIn(trial.artifacts)
    const lines = await trial.linesOf(async () => {
      await expect(trial.run(nightly, {}, { name })).rejects.toMatchObject({
        code: 'CAIRN_RUN_NAME_TAKEN',
        exitCode: 2,
      })
    })
    expect(lines).toEqual([])
    expect(await trial.runRecords()).toHaveLength(1)
    expect(await keysIn(trial.artifacts)).toEqual(before)
  })

  it('stay taken after the run has failed', async () => {
    const trial = new Trial()
    const broken = step({ name: 'broken' }).implement(() => {
      throw new Error('no')
    })
    await trial.run(pipeline({ name: 'fails', build: () => broken() }), {}, { name: 'x', reject: false })
    await expect(trial.run(nightly, {}, { name: 'x' })).rejects.toMatchObject({ code: 'CAIRN_RUN_NAME_TAKEN' })
  })

  it('are refused before anything is recorded when they are invalid', async () => {
    const trial = new Trial()
    await expect(trial.run(nightly, {}, { name: 'a b' })).rejects.toMatchObject({ code: 'CAIRN_NAME_INVALID' })
    await expect(trial.run(nightly, {}, { name: '{{dat}}' })).rejects.toMatchObject({
      code: 'CAIRN_RUN_OPTION_UNKNOWN',
    })
    expect(await trial.runRecords()).toEqual([])
    expect((await trial.records.query('pipeline')).items).toEqual([])
    expect(await keysIn(trial.artifacts)).toEqual([])
  })

  it.each([undefined, 'x_{{time}}', 'x_{{ time }}'])(
    'with the time in it are made again after a race: %s',
    async (name) => {
      const trial = new Trial({ metadataStore: new RacedMetadataStore(3) })
      const run = await trial.run(nightly, {}, name === undefined ? {} : { name })
      expect(run.status).toBe('completed')
      expect(new Set((await trial.runRecords()).map((record) => record.name)).size).toBe(4)
    },
  )

  it('without the time lose a race with a clear error', async () => {
    const trial = new Trial({ metadataStore: new RacedMetadataStore(1) })
    await expect(trial.run(nightly, {}, { name: 'mine' })).rejects.toMatchObject({ code: 'CAIRN_RUN_NAME_TAKEN' })
  })
})
