import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const LINKS = 9

/** Ids of the steps that say when they execute, in the order in which they may run. */
export const CHAIN_ORDER: readonly string[] = [
  'vectors',
  'folder',
  'chance',
  'link',
  ...Array.from({ length: LINKS - 1 }, (_, index) => `link_${index + 2}`),
]

/** The same, sorted. */
export const CHAIN_STEPS: readonly string[] = CHAIN_ORDER.toSorted()

/** How log lines name a step. */
export function chainLabel(id: string): string {
  return id.startsWith('link_') ? `link (${id})` : id
}

/**
 * A project whose pipeline has a list of arrays, a folder, a value made by chance, and a chain of small steps. Each
 * step says its id when it executes. The parameter `round` makes everything new.
 */
export function chainProject(): TemporaryProject {
  return temporaryProject({
    'main.ts': `import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { directory, list, pipeline, step, vector } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const vectors = step({ name: 'vectors', params: z.object({ round: z.number() }), output: list(vector) }).implement(
  async ({ round }, context) => {
    ran(context.step.invocation)
    await setTimeout(5)
    return Array.from({ length: 6 }, (_, index) => Float64Array.of(round, index))
  },
)
const folder = step({ name: 'folder', inputs: { vectors: list(vector) }, output: directory }).implement(
  async ({ vectors }, context) => {
    ran(context.step.invocation)
    const dir = path.join(context.tempDir, 'out')
    await mkdir(path.join(dir, 'deep'), { recursive: true })
    for (const [index, values] of vectors.entries()) {
      await writeFile(path.join(dir, index % 2 === 0 ? 'deep' : '.', index + '.txt'), values.join(' ') + '\\n')
    }
    return dir
  },
)
const chance = step({ name: 'chance', params: z.object({ round: z.number() }), output: z.number() }).implement(
  async (_, context) => {
    ran(context.step.invocation)
    await setTimeout(5)
    return Math.random()
  },
)
const link = step({
  name: 'link',
  params: z.object({ index: z.number() }),
  inputs: { folder: directory, chance: z.number(), values: z.array(z.number()) },
  output: z.array(z.number()),
}).implement(async ({ index, folder, chance, values }, context) => {
  ran(context.step.invocation)
  await setTimeout(5)
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const texts = await Promise.all(files.map((file) => readFile(path.join(file.parentPath, file.name), 'utf8')))
  const sum = texts.flatMap((text) => text.trim().split(' ')).reduce((total, text) => total + Number(text), 0)
  return [...values, sum + index + chance]
})
const first = step({ name: 'first', output: z.array(z.number()) }).implement(() => [])
export const chain = pipeline({
  name: 'chain',
  params: z.object({ round: z.number().default(0) }),
  build: ({ round }) => {
    const shared = { folder: folder({ vectors: vectors({ round }) }), chance: chance({ round }) }
    let values = first()
    for (let index = 0; index < ${LINKS}; index += 1) values = link({ index, values, ...shared })
    return values
  },
})
const run = await chain.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`,
  })
}

/** Whether a value is what the pipeline gives in a round, up to what is chance. */
export function isChainResult(value: unknown, round: number): boolean {
  if (!Array.isArray(value) || value.length !== LINKS) return false
  const sum = 6 * round + 15
  const chances = value.map((number, index) => Number(number) - sum - index)
  const [first = -1] = chances
  return first >= 0 && first < 1 && chances.every((chance) => Math.abs(chance - first) < 1e-9)
}
