import { LOAD_GADGETS } from './load-gadgets.fixture.ts'
import { ProjectDraft, type FileDraft } from './project-draft.fixture.ts'
import { PURE_GADGETS } from './pure-gadgets.fixture.ts'
import { Random } from './random.fixture.ts'
import type { RandomProject, StateMode } from './random-project.fixture.ts'
import { STATE_GADGETS } from './state-gadgets.fixture.ts'
import { addSteps } from './step-gadgets.fixture.ts'

/** Writes a small project: two to six files and two to four definitions of steps. Equal seeds give equal projects. */
export function generateProject(seed: number, state: StateMode): RandomProject {
  const random = new Random(seed)
  const draft = new ProjectDraft(random, state === 'mixed' ? random.pick(['load', 'load', 'any']) : state)
  const rounds = random.whole(6, 14)
  for (let round = 0; round < rounds; round++) {
    const place = Math.min(draft.files.length - 1, Math.floor((round / rounds) * draft.files.length + random.next()))
    // Sound: the place is below the length.
    addGadget(draft, draft.files[place] as FileDraft)
  }
  const steps = random.whole(2, 4)
  for (let count = 0; count < steps; count++) {
    const file = random.chance(0.6) ? random.pick(draft.files) : draft.entry
    addSteps(draft, file)
    if (random.chance(0.4)) addGadget(draft, random.pick(draft.files))
  }
  for (const file of draft.files) connect(draft, file)
  addPipeline(draft)
  return draft.finish()
}

function addGadget(draft: ProjectDraft, file: FileDraft): void {
  const { random, state } = draft
  const roll = random.next()
  if (state === 'any' && roll > 0.88) return random.pick(STATE_GADGETS)(draft, file)
  if (state !== 'none' && roll > 0.45) return random.pick(LOAD_GADGETS)(draft, file)
  return random.pick(PURE_GADGETS)(draft, file)
}

/** The entry loads every file with steps; others only where something imports them. */
function connect(draft: ProjectDraft, file: FileDraft): void {
  if (file === draft.entry) return
  const hasSteps = draft.steps.some((step) => step.file === file.path)
  if (hasSteps || draft.random.chance(0.3)) draft.importForEffect(draft.entry, file)
  // Circles: what is loaded is the same, and in which order it is evaluated.
  if (draft.random.chance(0.08)) draft.importForEffect(file, draft.entry)
}

function addPipeline(draft: ProjectDraft): void {
  const { entry, random } = draft
  if (random.chance(0.4)) return
  entry.imports.push(`import { pipeline } from 'cairnml'`)
  const made = `pipeline({ name: 'p', build: () => ${draft.read(entry)} })`
  entry.lines.push(`const pipelined = ${made}`)
  entry.lines.push(
    random.either(
      () => 'await pipelined.run()',
      () => 'async function main() { await pipelined.run() }\nawait main()',
      () => 'pipelined.run({ params: {} })',
    ),
  )
}
