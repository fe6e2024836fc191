import { applyEdit, editsOf } from './edit-project.fixture.ts'
import { generateProject } from './generate-project.fixture.ts'
import { Random } from './random.fixture.ts'
import type { RandomProject } from './random-project.fixture.ts'
import { loadProject } from './run-project.fixture.ts'
import { WalkedIdentity } from './walked-identity.fixture.ts'

/** Where the digest of a step depends on the folder, or is another one after an edit was made and undone. */
export async function checkStability(firstSeed: number, projects: number): Promise<readonly string[]> {
  const unstable: string[] = []
  using here = new WalkedIdentity()
  for (let seed = firstSeed; seed < firstSeed + projects; seed++) {
    using elsewhere = new WalkedIdentity()
    const project = generateProject(seed, 'any')
    const first = await keysOf(project, here)
    if (first === undefined) continue
    if ((await keysOf(project, elsewhere)) !== first) unstable.push(`seed ${seed}: in another folder`)
    for (const edit of editsOf(project, new Random(seed), 2)) {
      await keysOf(applyEdit(project, edit), here)
      // A copy, so that the identity looks at the files again.
      if ((await keysOf({ ...project, texts: new Map(project.texts) }, here)) !== first) {
        unstable.push(`seed ${seed}: after an edit of ${edit.file} was undone`)
      }
    }
  }
  return unstable
}

async function keysOf(project: RandomProject, identity: WalkedIdentity): Promise<string | undefined> {
  const live = await loadProject(project)
  return live && JSON.stringify(project.steps.map((step) => identity.keyOf(step, project, live)))
}
