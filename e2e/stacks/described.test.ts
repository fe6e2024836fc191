import { describe, expect, it } from 'vitest'

import { stackedProject } from './stacked-project.ts'

const CLUSTER = `import { definePlugin, InlineOrchestrator, orchestrator } from 'cairnml/plugin'
import { z } from 'zod'
if (process.env.CLUSTER_LOADED) console.log('the cluster is loaded')
export default definePlugin({
  name: 'cluster',
  components: [
    orchestrator({
      options: async () => z.strictObject({ url: z.string(), pin: z.string().meta({ secret: true }).optional() }),
      settings: async () => z.strictObject({ nodes: z.number().int().default(1).describe('How many work on it.') }),
      create: (_options, { name }) => new InlineOrchestrator({ name }),
    }),
  ],
})
`
const env = { CLUSTER_LOADED: '1' }
const SETTINGS = 'settings of a step:\n'

describe('what a component is shown to take', () => {
  it('are its options and settings, of a file of the project only when that may be loaded', async () => {
    using project = stackedProject({ 'cluster.ts': CLUSTER })
    const refused = await project.cairn(['orchestrator', 'describe', './cluster.ts'], { env })
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--allow-code') as string })
    const described = await project.cairn(['orchestrator', 'describe', './cluster.ts', '--allow-code'])
    expect(described.stdout).toBe(
      './cluster.ts: orchestrator cluster of ./cluster.ts\n  url  string, required\n  pin  string, secret\n' +
        `  ${SETTINGS}    nodes  integer, default 1  How many work on it.\n`,
    )
    const json = await project.cairn(['orchestrator', 'describe', './cluster.ts', '--allow-code', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ settings: { properties: { nodes: { type: 'integer' } } } })
  })

  it('is shown with the stack that uses it, and what its schema marks as secret is hidden', async () => {
    using project = stackedProject({
      'cluster.ts': CLUSTER,
      'stacks/far.yaml': 'orchestrator: { use: ./cluster.ts, url: x, pin: 4711 }\n',
    })
    const plain = await project.cairn(['stack', 'describe', 'far'], { env })
    expect(plain.stdout).not.toContain('loaded')
    expect(plain.stdout).not.toContain(SETTINGS)
    const loaded = await project.cairn(['stack', 'describe', 'far', '--allow-code'])
    expect(loaded.stdout).toContain(
      `  orchestrator: ./cluster.ts url="x" pin="(hidden)" (stacks/far.yaml:1:15)\n    ${SETTINGS}      nodes  integer`,
    )
  })
})

it('is said of a plugin that is not there what may be meant', async () => {
  using project = stackedProject()
  const { code, stderr } = await project.cairn(['artifact-store', 'describe', 'lokal'])
  expect(code).toBe(2)
  expect(stderr).toContain('did you mean "local"?')
  expect(stderr).toContain('`cairn artifact-store list`')
})
