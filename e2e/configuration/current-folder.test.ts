import { describe, expect, it } from 'vitest'

import { greetingProject } from '../command/greeting-project.ts'

describe('the project of a run', () => {
  it.each([true, false])('is that of the current folder, not of the file, by node %s', async (node) => {
    using project = greetingProject({ 'tools/cairn.yaml': '', 'cairn.yaml': '' })
    const file = project.path(node ? 'main.ts' : 'pipeline.ts')
    expect(await project.run(file, { node, cwd: 'tools' })).toMatchObject({ code: 0, steps: ['count', 'letters'] })
    expect({ tools: project.exists('tools/.cairn'), file: project.exists('.cairn') }).toEqual({
      tools: true,
      file: false,
    })
    const listed = await project.cairn(['run', 'list', '--json'], { cwd: 'tools' })
    expect(JSON.parse(listed.stdout)).toMatchObject({ runs: [{ pipeline: 'greeting' }] })
  })
})
