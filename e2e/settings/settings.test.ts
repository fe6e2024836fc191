import { describe, expect, it } from 'vitest'

import { stackedProject } from '../stacks/stacked-project.ts'

/** An orchestrator that says what it is told. */
const CLUSTER = `import { definePlugin, InlineOrchestrator, orchestrator, type ExecutionContext, type StepInvocation } from '@cairnml/core'
import { z } from 'zod'

class Cluster extends InlineOrchestrator {
  override async execute(invocation: StepInvocation, context: ExecutionContext) {
    console.log('TOLD ' + invocation.invocation + ' ' + JSON.stringify(invocation.settings))
    return super.execute(invocation, context)
  }
}

export default definePlugin({
  name: 'cluster',
  components: [
    orchestrator({
      settings: async () => z.strictObject({ memory: z.string().optional(), nodes: z.int().optional() }),
      create: (_options, { name }) => new Cluster({ name }),
    }),
  ],
})
`
const FILES = {
  'more.yaml': 'settings: { cluster: { memory: 2Gi } }\n',
  'cluster.ts': CLUSTER,
  'stacks/cluster.yaml': 'orchestrator: { use: ./cluster.ts }\n',
  'all.yaml':
    'settings:\n  cluster:\n    memory: 1Gi\nsteps:\n  count:\n    settings: { orchestrator: { nodes: 2 } }\n',
}
const onCluster = (config: string): { readonly args: readonly string[] } => ({
  args: ['--stack', 'cluster', '--config', config],
})

describe('settings in a run configuration', () => {
  it('reach the orchestrator and the record, and change nothing of what is reused', async () => {
    using project = stackedProject(FILES)
    const first = await project.run('pipeline.ts', onCluster('all.yaml'))
    const second = await project.run('pipeline.ts', onCluster('more.yaml'))
    const shown = await project.cairn(['run', 'show', 'last~1'])
    const json = await project.cairn(['run', 'show', 'last~1', '--json'])

    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain('TOLD count {"memory":"1Gi","nodes":2}')
    expect(first.stdout).toContain('TOLD letters {"memory":"1Gi"}')
    expect(second).toMatchObject({ code: 0, steps: [] })
    expect(shown.stdout).toContain('settings of count: cluster memory="1Gi" nodes=2')
    expect(json.stdout).toContain('"options":{"settings":{"cluster":{"memory":"1Gi","nodes":2}}}')
  })

  it('for a component that the stack does not have are told, and the run goes on', async () => {
    using project = stackedProject(FILES)
    const told = await project.run('pipeline.ts', { args: ['--config', 'more.yaml'] })
    const refused = await project.run('pipeline.ts', { args: ['--config', 'all.yaml'] })
    expect(told).toMatchObject({ code: 0, stderr: '', steps: ['count', 'letters'] })
    expect(told.stdout).toContain('Settings for cluster are not used: stack default has no such component.\n')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/all\.yaml:6:31: .*at orchestrator: orchestrator \(local\) takes no settings/)
  })

  it.each([
    [
      'settings:\n  cluster:\n    memory: 4\n',
      /wrong\.yaml:3:13: The settings of step "letters" .*cluster\.memory.*\(was 4\)/,
    ],
    [
      'steps:\n  count:\n    settings:\n      cluster: { nods: 4 }\n',
      /wrong\.yaml:4:24: .*no setting "nods" \(did you mean "nodes"\?\)/,
    ],
    ['settings: { clutser: { nodes: 4 } }\n', /wrong\.yaml:1:13: .*for "clutser".*Did you mean "cluster"\?/],
    ['settings: { local: 4 }\n', /wrong\.yaml:1:20: "settings\.local" is 4: expected an object/],
  ])('that are wrong are refused with file and line, and nothing runs: %j', async (text, message) => {
    using project = stackedProject({ ...FILES, 'wrong.yaml': text })
    const run = await project.run('pipeline.ts', onCluster('wrong.yaml'))
    expect(run).toMatchObject({ code: 2, steps: [] })
    expect(run.stderr).toMatch(message)
    expect(project.exists('.cairn/metadata.sqlite')).toBe(false)
  })
})
