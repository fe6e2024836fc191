import { describe, expect, it } from 'vitest'

import { greetingProject } from '../command/greeting-project.ts'
import { temporaryProject } from '../project/temporary-project.ts'

const BOTH = [
  ['cairn run', false],
  ['node', true],
] as const

/** Four steps that can work at the same time, each of which gives how many did. */
const PARALLEL = `import { pipeline, step } from 'cairnml'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'

let active = 0
const work = step({ name: 'work', params: z.object({ n: z.number() }), output: z.number(), cache: false, resources: { slot: 1 } })
  .implement(async () => {
    active += 1
    let most = active
    for (let turn = 0; turn < 10; turn++) {
      await setTimeout(5)
      most = Math.max(most, active)
    }
    active -= 1
    return most
  })
const most = step({ name: 'most', inputs: { all: z.array(z.number()) }, output: z.number() })
const p = pipeline({ name: 'parallel', build: () => ({ a: work({ n: 1 }), b: work({ n: 2 }), c: work({ n: 3 }), d: work({ n: 4 }) }) })
const { result } = await p.run()
console.log('RESULT ' + Math.max(await result.a.load(), await result.b.load(), await result.c.load(), await result.d.load()))
`.replace(/^const most .*\n/m, '')

/** A step that reads a file and declares nothing. */
const READING = (option: string): string => `import { readFileSync } from 'node:fs'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const load = step({ name: 'load', output: z.string()${option} }).implement(() => readFileSync('package.json', 'utf8'))
await pipeline({ name: 'reading', build: () => load() }).run()
`

describe('cairn.yaml', () => {
  it('makes its folder the project, wherever below the command is called', async () => {
    using project = greetingProject({ 'cairn.yaml': '# nothing yet\n', 'deep/package.json': '{}', 'deep/er/x': '' })

    const run = await project.cairn(['run', '../../pipeline.ts'], { cwd: 'deep/er' })

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(project.exists('.cairn/metadata.sqlite')).toBe(true)
    expect(project.exists('deep/.cairn')).toBe(false)
  })

  it.each([
    ['stak: default\n', /cairn\.yaml:1:1: there is no "stak" here\. Did you mean "stack"\?/],
    ['# limits\nlimits:\n  openai: many\n', /cairn\.yaml:3:11: "limits\.openai" is "many": expected a number/],
    ['undeclared: loud\n', /cairn\.yaml:1:13: "undeclared" is "loud": expected warn, error, off/],
    ['limits: { memory: 5 }\n', /cairn\.yaml:1:11: /],
    ['- a\n', /cairn\.yaml:1:1: it is \["a"\]: expected an object/],
    ['stack: a\nstack: b\n', /cairn\.yaml:2:1: "stack" is given twice/],
    ['__proto__: { stack: a }\n', /cairn\.yaml:1:1: /],
    ['stack: !!js/function "() => 1"\n', /cairn\.yaml:1:8: Unresolved tag/],
    ['stack: \u0000\n', /cairn\.yaml:1:8: it holds a control character/],
  ])('%j is refused with its place before anything happens', async (text, message) => {
    using project = greetingProject({ 'cairn.yaml': text })

    for (const [, node] of BOTH) {
      const run = await project.run('main.ts', { node })
      expect(run).toMatchObject({ code: 2, stdout: '', steps: [] })
      expect(run.stderr).toMatch(/^CAIRN_CONFIG_INVALID: /)
      expect(run.stderr).toMatch(message)
      expect(run.stderr).not.toMatch(/^\s+at /m)
    }
    expect(project.exists('.cairn')).toBe(false)
  })

  it.each(BOTH)('names a stack for runs that name none: %s', async (_, node) => {
    using project = greetingProject({ 'cairn.yaml': 'stack: production\n' })

    const unknown = await project.run('main.ts', { node })
    const other = await project.run('main.ts', { node, env: { CAIRN_STACK: 'staging' } })
    const known = await project.run('main.ts', { node, env: { CAIRN_STACK: 'default' } })
    const flagged = await project.run('main.ts', { args: ['--stack', 'default'] })

    expect(unknown.stderr).toMatch(/^CAIRN_STACK_UNKNOWN: .*"production"/)
    expect(other.stderr).toMatch(/^CAIRN_STACK_UNKNOWN: .*"staging"/)
    expect([unknown.code, other.code, known.code, flagged.code]).toEqual([2, 2, 0, 0])
  })

  it.each(BOTH)('decides what undeclared reads mean, below step and pipeline: %s', async (_, node) => {
    using project = temporaryProject({
      'cairn.yaml': 'undeclared: error\n',
      'silent.ts': READING(''),
      'said.ts': READING(", undeclared: 'off'"),
    })

    const refused = await project.run('silent.ts', { node })
    const own = await project.run('said.ts', { node })
    project.write({ 'cairn.yaml': 'undeclared: off\n' })
    const off = await project.run('silent.ts', { node })

    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain('CAIRN_UNDECLARED_READ')
    expect(own).toMatchObject({ code: 0 })
    expect(off).toMatchObject({ code: 0 })
    expect(off.stdout).not.toContain('reads from outside')
  })

  it.each(BOTH)('limits what steps use at the same time: %s', async (_, node) => {
    using project = temporaryProject({ 'cairn.yaml': 'limits: { slot: 1 }\n', 'main.ts': PARALLEL })

    const limited = await project.run('main.ts', { node })
    project.write({ 'cairn.yaml': '' })
    const free = await project.run('main.ts', { node })

    expect(limited).toMatchObject({ code: 0, result: 1 })
    expect(free.result).toBeGreaterThan(1)
  })

  it('refuses a step that asks for more than there is', async () => {
    using project = temporaryProject({ 'cairn.yaml': 'limits: { slot/min: 0.5 }\n', 'main.ts': PARALLEL })

    const run = await project.run('main.ts')

    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(/^CAIRN_LIMIT_EXCEEDED: Step "work" asks for 1 of "slot\/min", but the limit is 0\.5\./)
    expect(project.exists('.cairn')).toBe(false)
  })

  it('is what loads the YAML library: without it nothing of it is loaded', async () => {
    using project = greetingProject({
      'loads.mjs': `import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({ load: (url, context, next) => (appendFileSync('loads.txt', url + '\\n'), next(url, context)) })
`,
    })
    const loaded = async (): Promise<readonly string[]> => {
      project.write({ 'loads.txt': '' })
      const { ended } = project.execute([process.execPath, '--import', './loads.mjs', 'main.ts'])
      expect(await ended).toMatchObject({ code: 0 })
      return project.read('loads.txt').split('\n')
    }
    const isAboutConfiguration = (url: string): boolean => /core\/dist\/(?:parse-document|config\/)|valibot/.test(url)

    expect((await loaded()).filter(isAboutConfiguration)).toEqual([])
    project.write({ 'cairn.yaml': 'limits: { a: 1 }\n' })
    expect((await loaded()).filter(isAboutConfiguration)).not.toEqual([])
  })
})
