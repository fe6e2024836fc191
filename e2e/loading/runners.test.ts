import { describe, expect, it } from 'vitest'

import { RESULT, runBy, STEPS, typescriptProject, type Runner } from './typescript-project.ts'

const RUNNERS: readonly Runner[] = ['cairn run', 'node --import cairnml/register', 'tsx', 'vitest']

describe('a project of ordinary TypeScript', { timeout: 120_000 }, () => {
  it.each(RUNNERS)('runs by %s, and what ran there is reused by whatever runs it next', async (first) => {
    using project = typescriptProject()

    expect(await runBy(first, project)).toMatchObject({ code: 0, steps: STEPS, result: RESULT })

    for (const next of RUNNERS) {
      const { code, steps, result, stdout, stderr } = await runBy(next, project)
      expect({ next, code, steps, result }, stdout + stderr).toEqual({ next, code: 0, steps: [], result: RESULT })
    }
  })

  it('is bundled as it runs', async () => {
    using project = typescriptProject()
    await project.run('main.ts')

    const verified = await project.cairn(['cache', 'verify', 'main.ts', '--sample', '100%'])

    expect(verified, verified.stderr).toMatchObject({ code: 0 })
    expect(verified.stdout).toContain(`Verified ${STEPS.length} of ${STEPS.length} reusable results`)
    expect(verified.stdout).toContain('none differs')
  })
})
