import type { StoredRun, StoredStep } from '@cairnml/client'
import { cairnError } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { askedStep } from './asked-step.ts'

function runOf(name: string, ...steps: readonly string[]): StoredRun {
  // Sound: what is asked of a step is its names.
  const all = steps.map((step) => ({ id: `${step}_2`, step }) as StoredStep)
  // Sound: what is asked of a run is its name and its steps.
  return { name, steps: async () => all } as Partial<StoredRun> as StoredRun
}

/** Finds runs, the newest first, as a client does. */
function finder(...runs: readonly StoredRun[]): (name: string) => Promise<StoredRun> {
  return async (name) => {
    const fitting = runs.filter((run) => run.name.startsWith(name.toLowerCase()))
    const found = name === 'last' ? runs[0] : (runs.find((run) => run.name === name.toLowerCase()) ?? fitting[0])
    if (found === undefined) throw cairnError('CAIRN_RUN_UNKNOWN', { name })
    if (fitting.length > 1 && found.name !== name.toLowerCase()) {
      throw cairnError('CAIRN_RUN_AMBIGUOUS', { name, known: fitting.map((run) => run.name) })
    }
    return found
  }
}

async function asked(find: (name: string) => Promise<StoredRun>, ...words: readonly string[]): Promise<unknown> {
  const { run, step } = await askedStep(words, find)
  return step === undefined ? run.name : `${run.name}/${step}`
}

const first = runOf('training-1', 'load', 'train')
const second = runOf('training-2', 'load', 'train', 'last')

describe('a run or step that is asked for by one name', () => {
  it('is a step of the newest run rather than a run that starts so, of one or several', async () => {
    expect(await asked(finder(first), 'train')).toBe('training-1/train')
    expect(await asked(finder(second, first), 'train')).toBe('training-2/train')
    expect(await asked(finder(second, first), 'train_2')).toBe('training-2/train_2')
  })

  it('is a run where it is the whole name of one, or says which one by its time', async () => {
    const find = finder(second, runOf('train'), first)
    expect(await asked(find, 'TRAIN')).toBe('train')
    expect(await asked(find, 'last')).toBe('training-2')
    expect(await asked(find)).toBe('training-2')
  })

  it('is the run that starts so where no step is called that', async () => {
    expect(await asked(finder(first), 'tr')).toBe('training-1')
    await expect(asked(finder(second, first), 'tr')).rejects.toMatchObject({ code: 'CAIRN_RUN_AMBIGUOUS' })
  })

  it('is refused with the step that is meant, or because nothing was run', async () => {
    await expect(asked(finder(first), 'laod')).rejects.toMatchObject({
      code: 'CAIRN_RUN_UNKNOWN',
      details: { newest: 'training-1', nearest: 'load' },
    })
    await expect(asked(finder(), 'train')).rejects.toMatchObject({ code: 'CAIRN_RUN_UNKNOWN' })
  })

  it('is a run where a step stands behind it', async () => {
    expect(await asked(finder(first), 'train', 'load')).toBe('training-1/load')
  })
})
