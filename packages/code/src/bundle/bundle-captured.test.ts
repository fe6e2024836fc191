import { describe, expect, it } from 'vitest'

import { BundledProject } from './bundled-project.fixture.ts'

const FACTORY = {
  'steps.ts': `import { step, text } from 'cairnml'
const half = 0.5
export function make(k: number, typed: any) {
  const name = 'made ' + k
  return step({ name, inputs: { x: typed } }).implement(({ x }) => [k, half, x])
}
`,
}

describe('captured values in a bundle', () => {
  it('are written in', async () => {
    using project = new BundledProject(FACTORY)
    const captured = new Map<string, unknown>([
      ['k', 3],
      ['typed', { '~standard': 1 }],
    ])
    const bundle = await project.bundle({ captured })
    expect(await project.run(bundle, '[run({ x: 1 }), ports.inputs.x]')).toEqual([[3, 0.5, 1], { '~standard': 1 }])
    expect((await project.bundle({ captured: new Map([...captured, ['k', 4]]) })).digest).not.toBe(bundle.digest)
  })

  it('that are no data are refused by name', async () => {
    using project = new BundledProject(FACTORY)
    const asked = (k: unknown): unknown =>
      project.ask({
        captured: new Map([
          ['k', k],
          ['typed', 1],
        ]),
      })
    class Connection {}
    expect(await asked(() => 1)).toEqual({ bundled: false, reason: expect.stringContaining('k') })
    expect(await asked({ a: [new Connection()] })).toMatchObject({
      reason: expect.stringContaining('k.a[0] is a Connection'),
    })
    expect(await project.ask({ captured: new Map([['k', 1]]) })).toMatchObject({
      reason: expect.stringContaining('typed'),
    })
  })
})
