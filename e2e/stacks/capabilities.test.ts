import { describe, expect, it } from 'vitest'

import { stackedProject } from './stacked-project.ts'

/** An orchestrator that runs steps elsewhere, or says so. */
const FAR = `import { definePlugin, InlineOrchestrator, orchestrator } from '@cairnml/core'
export default definePlugin({
  name: 'far',
  components: [
    orchestrator({ requires: { artifactStore: ['remote'] }, create: (_options, { name }) => new InlineOrchestrator({ name }) }),
  ],
})
`

describe('an orchestrator that other machines work for', () => {
  it('is refused with a store that they cannot reach, by validate, set and a run, and nothing is done', async () => {
    using project = stackedProject({ 'far.ts': FAR, 'stacks/far.yaml': '\norchestrator: { use: ./far.ts }\n' })
    const message =
      /CAIRN_CAPABILITY_MISSING: The orchestrator \(far\) \(stacks\/far\.yaml:2:22\) cannot work with the artifactStore \(local\), which lacks the capability remote: other machines cannot reach it\.\n *Use another artifactStore/

    const valid = await project.cairn(['stack', 'validate', 'far', '--allow-code'])
    const set = await project.cairn(['stack', 'set', 'far', '--allow-code'])
    const run = await project.run('pipeline.ts', { args: ['--stack', 'far'] })

    expect(valid.code).toBe(2)
    expect(valid.stdout).toMatch(message)
    expect(set).toMatchObject({ code: 2, stdout: '' })
    expect(set.stderr).toMatch(message)
    expect(run).toMatchObject({ code: 2, steps: [] })
    expect(run.stderr).toMatch(message)
    expect(project.exists('.cairn/active-stack')).toBe(false)
    expect(project.exists('.cairn/metadata.sqlite')).toBe(false)
  })
})
