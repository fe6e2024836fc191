import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { generateProject } from '../random-projects/generate-project.fixture.ts'
import { Random } from '../random-projects/random.fixture.ts'
import { EditedProject, knownOf } from './edited-project.fixture.ts'
import { CELL, LOOKS, randomEdit } from './memo-history.fixture.ts'

const EDITS = 30
const SEEDS = Number(process.env['CAIRN_MEMO_SEEDS'] ?? 4)
const FIRST_SEED = Number(process.env['CAIRN_MEMO_SEED'] ?? 1)
/** Longer than files are trusted without looking at them. */
const LATER_MS = 1000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

function newProject(seed: number): EditedProject {
  const { texts, entry } = generateProject(seed, 'mixed')
  const files = new Map(texts).set('looks.ts', LOOKS).set('cell.ts', CELL)
  files.set(entry, `import './looks.ts'\nimport './cell.ts'\n${files.get(entry) ?? ''}`)
  return new EditedProject(files.set('package.json', '{ "type": "module" }'), entry)
}

describe.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))('after edits with seed %i', (seed) => {
  it('all that is known is as if nothing had been known before', async () => {
    using project = newProject(seed)
    const random = new Random(seed)
    const { entry, steps } = generateProject(seed, 'mixed')
    const lasting = project.memo()
    const earlier = [project.texts]
    let kept = 0
    for (let edit = 0; edit < EDITS; edit++) {
      const roots = [...project.roots(), ...(random.chance(0.2) ? project.units() : [])]
      const expected = await knownOf(project.cold(), roots)
      const { walks } = project
      const inNewProcess = project.memo()
      expect(await knownOf(inNewProcess, roots), `edit ${edit}, from the disk`).toEqual(expected)
      if (edit > 0 && roots.length > 0 && project.walks === walks) kept += 1
      inNewProcess.write()
      vi.advanceTimersByTime(LATER_MS)
      expect(await knownOf(lasting, roots), `edit ${edit}, in one process`).toEqual(expected)
      project.write(randomEdit({ texts: project.texts, entry, steps }, random, earlier))
      earlier.push(project.texts)
    }
    // Otherwise nothing was tested but walks.
    expect(kept).toBeGreaterThan(2)
  }, 60_000)
})
