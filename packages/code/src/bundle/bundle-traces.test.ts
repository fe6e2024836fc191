import { describe, expect, it } from 'vitest'

import { BundledProject, type ProjectFiles } from './bundled-project.fixture.ts'

const FILES: ProjectFiles = {
  'src/steps.ts': `import { step, json, pipeline } from 'cairnml'
import { helper } from './deep/helper.ts'
interface Options { readonly a: number }

const unused = [1,
  2]
export const a = step({
  name: 'a',
  inputs: { x: json() }, output: json(),
}).implement(({ x }: { x: Options }) => {
  const y: number = x.a; return helper(y)
})
export const b = step({ name: 'b' }).implement(() => { throw new Error('in one line') })
export const p = pipeline({ name: 'p', build: () => a({}) })
export const c = step({ name: 'c', output: json() }).implement(() => again(1))
function again(n: number): unknown {
  return n > 0 ? [c, fail()] : 0
}
function fail(): never {
  throw new Error('far down')
}
export const steps = {
  d: step({ name: 'd' }).implement(() => {
    void steps
    throw new Error('in a unit that stays')
  }),
}
`,
  'src/deep/helper.ts': `type A = 1
export const other = () => 1
export function helper(y: number): number {
  if (y > 1) throw new Error('too much')
  return y
}
`,
}

async function trace(project: BundledProject, after: string): Promise<readonly string[]> {
  const bundle = await project.bundle({ file: 'src/steps.ts', after })
  const script = `Promise.resolve().then(() => run({ x: { a: 2 } })).catch((error) => error.stack.split('\\n').slice(1))`
  const frames = await project.run(bundle, script, '--enable-source-maps')
  return Array.isArray(frames)
    ? frames.map((frame) =>
        String(frame)
          .replace(/^.*src\//, '')
          .replace(')', ''),
      )
    : []
}

describe('the stack trace of a bundle', () => {
  it('has the lines and columns of the project', async () => {
    using project = new BundledProject(FILES)
    const frames = await trace(project, 'const a')
    expect(frames.slice(0, 2)).toEqual(['deep/helper.ts:4:20', 'steps.ts:11:33'])
    expect((await trace(project, 'const b'))[0]).toBe('steps.ts:13:62')
    expect((await trace(project, 'const c')).slice(0, 3)).toEqual(['steps.ts:20:9', 'steps.ts:17:22', 'steps.ts:15:70'])
    expect((await trace(project, 'steps = '))[0]).toBe('steps.ts:25:11')
  })
})

describe('a portable bundle', () => {
  it('has the same bytes in any folder', async () => {
    using one = new BundledProject(FILES)
    using two = new BundledProject(FILES)
    const bundle = await one.bundle({ file: 'src/steps.ts' })
    expect(await two.bundle({ file: 'src/steps.ts' })).toEqual(bundle)
    expect(bundle.code + bundle.map).not.toContain(one.dir)
  })

  it('has the same code whatever is written around it', async () => {
    using project = new BundledProject(FILES)
    const before = await project.bundle({ file: 'src/steps.ts' })
    project.write({ 'src/deep/helper.ts': `// a comment\n\nconst unrelated = 3\n${FILES['src/deep/helper.ts']}` })
    const after = await project.bundle({ file: 'src/steps.ts' })
    expect(after.code).toBe(before.code)
    expect(after.map).not.toBe(before.map)
  })
})
