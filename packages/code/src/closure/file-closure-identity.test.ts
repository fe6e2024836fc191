import { renameSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

import { describe, expect, it } from 'vitest'

import { createFileClosureIdentity } from './file-closure-identity.ts'
import { digestOf, siteOf, sourceOf, STEPS, TemporaryProject } from './temporary-project.fixture.ts'

describe('a known code', () => {
  it('names the module that defines the step and every part by its path in the project', async () => {
    using project = new TemporaryProject({
      'src/steps.ts': `${STEPS}import '../lib/a.cjs'`,
      'src/work.ts': '',
      'lib/a.cjs': `require('node:fs')`,
    })
    const code = await project.identify('src/steps.ts', STEPS)
    expect(code).toMatchObject({
      known: true,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      module: pathToFileURL(join(project.dir, 'src/steps.ts')).href,
    })
    expect(code.known && code.parts.map(({ label }) => label)).toEqual(['src/steps.ts', 'src/work.ts', 'lib/a.cjs'])
  })

  it('follows circles, and links to the file that they lead to', async () => {
    using project = new TemporaryProject({ 'steps.ts': STEPS, 'real.ts': `import './steps.ts'` })
    symlinkSync(join(project.dir, 'real.ts'), join(project.dir, 'work.ts'))
    const code = await project.identify()
    expect(code.known && code.parts.map(({ label }) => label)).toEqual(['steps.ts', 'real.ts'])
  })
})

describe('an unknown code', () => {
  const at = 'work.ts:2'
  it.each([
    ['import(name)', 'it imports a module whose name is computed', at],
    ['eval(text)', 'it calls eval', at],
    [`import './missing.ts'`, './missing.ts cannot be resolved', at],
    [`import './steps'`, './steps cannot be resolved', at],
    [`import './folder'`, './folder cannot be resolved', at],
    [`import 'missing-package'`, 'missing-package cannot be resolved', at],
    [`require('./missing')`, './missing cannot be resolved', at],
    [`import 'https://example.com/a.js'`, 'https://example.com/a.js cannot be resolved', at],
    ['const a = <div>{x}</div>', 'it cannot be parsed as JavaScript or TypeScript without JSX', at],
  ])('says why and where for %j', async (line, reason, place) => {
    using project = new TemporaryProject({ 'steps.ts': STEPS, 'work.ts': `\n${line}`, 'folder/index.ts': '' })
    expect(await project.identify()).toEqual({ known: false, reason, at: place })
  })

  it('says where a step is defined that cannot be compared', async () => {
    const text = `import { step } from 'cairnml'\nconst make = () => step({}).implement(() => 1)\n`
    using project = new TemporaryProject({ 'src/steps.ts': text })
    expect(await project.identify('src/steps.ts', text)).toEqual({
      known: false,
      reason: expect.stringContaining('values that it captures cannot be compared'),
      at: 'src/steps.ts:2',
    })
  })
})

describe('a file that changed after the process had started', () => {
  const files = { 'steps.ts': STEPS, 'work.ts': '1' }
  const changed = { known: false, reason: 'work.ts changed while this process was running' }

  /** A time after everything written so far, whatever the resolution of the file system's clock. */
  async function later(): Promise<number> {
    await sleep(30)
    return Date.now()
  }

  it('makes the code unknown', async () => {
    using project = new TemporaryProject(files)
    const startedAtMs = await later()
    expect(await project.identify('steps.ts', STEPS, { startedAtMs })).toMatchObject({ known: true })
    await sleep(30)
    project.write({ 'work.ts': '2' })
    expect(await project.identify('steps.ts', STEPS, { startedAtMs })).toEqual(changed)
  })

  it('is noticed under an older modification time and behind a rename', async () => {
    using project = new TemporaryProject({ ...files, 'old.ts': '3' })
    const startedAtMs = await later()
    await sleep(30)
    renameSync(join(project.dir, 'old.ts'), join(project.dir, 'work.ts'))
    expect(await project.identify('steps.ts', STEPS, { startedAtMs })).toEqual(changed)
    utimesSync(join(project.dir, 'work.ts'), 1, 1)
    expect(await project.identify('steps.ts', STEPS, { startedAtMs })).toEqual(changed)
  })

  it('is any file that this process wrote, unless told when it started', async () => {
    using project = new TemporaryProject(files)
    const code = await project.identify('steps.ts', STEPS, { startedAtMs: undefined })
    expect(code).toMatchObject({ known: false, reason: 'steps.ts changed while this process was running' })
  })

  it('is seen by an identity that has read it before', async () => {
    using project = new TemporaryProject(files)
    const identity = createFileClosureIdentity({ projectDir: project.dir, startedAtMs: Infinity })
    const source = sourceOf('train', siteOf(join(project.dir, 'steps.ts'), STEPS))
    const first = digestOf(await identity.identify(source))
    expect(digestOf(await identity.identify(source))).toBe(first)
    await sleep(150)
    project.write({ 'work.ts': '22' })
    expect(digestOf(await identity.identify(source))).not.toBe(first)
  })
})
