import { existsSync, globSync, truncateSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { greetingProject } from '../command/greeting-project.ts'
import { CAIRN_BIN } from '../project/installed-packages.ts'
import { folderContent } from '../project/local-state.ts'
import { JSON_FORMATS } from '../results/json-formats.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const SEED = Number(process.env['CAIRN_TEST_SEED'] ?? Date.now() % 1_000_000)

/** A store, an index and records of their own, as on another machine. */
const FAR = `artifactStore: { use: local, path: far/artifacts }
metadataStore: { use: sqlite, path: far/metadata.sqlite }
cachePolicy: { use: content, index: { use: sqlite, path: far/cache.sqlite } }
`
/** Another artifact store, with the index and the records of the built-in stack. */
const NEAR = 'artifactStore: { use: local, path: near }\n'

const project = () => greetingProject({ 'cairn.yaml': '', 'stacks/far.yaml': FAR, 'stacks/near.yaml': NEAR })

const push = (own: TemporaryProject, ...args: readonly string[]) => own.cairn(['artifact', 'push', ...args])

async function lineOf(own: TemporaryProject, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await own.cairn(args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

describe('cairn artifact push', () => {
  it.each(['far', 'near'])('lets a run on stack %s reuse all that a run on the first one made', async (to) => {
    using own = project()
    await own.run('main.ts', { args: ['--name', 'first'] })
    const pushed = await push(own, '--to', to)
    expect(pushed).toMatchObject({ code: 0, stderr: '' })
    expect(pushed.stdout).toMatch(
      new RegExp(
        `^From stack default to stack ${to}: 2 results \\(2 objects, \\d+ B\\) and 1 report of a run copied\\.\\n`,
      ),
    )
    expect(pushed.stdout.includes('cairn run sync')).toBe(to === 'far')
    expect(await own.run('main.ts', { args: ['--stack', to] })).toMatchObject({ code: 0, steps: [], stderr: '' })
    expect(await lineOf(own, 'artifact', 'push', 'first', '--to', to)).toBe(
      `Nothing is missing in stack ${to}: 2 results are there.\n`,
    )
  })

  it('brings what run sync needs to show runs, lineage and logs there', async () => {
    using own = project()
    own.edit('main.ts', "ran('letters')", "ran('letters')\n    console.log('spelling')")
    await own.run('main.ts', { args: ['--name', 'made'] })
    await own.run('main.ts', { args: ['--name', 'reused'] })
    await lineOf(own, 'artifact', 'push', 'reused', '--to', 'far')
    expect(await lineOf(own, 'run', 'sync', '--stack', 'far')).toContain('2 runs imported, 0 reports stored.')
    for (const command of ['run show reused', 'artifact lineage count', 'artifact cat count', 'run logs made']) {
      const here = await lineOf(own, ...command.split(' '))
      const there = await lineOf(own, ...command.split(' '), '--stack', 'far')
      expect(there).toBe(here)
    }
  })

  it('pushes the step that made an artifact, all that can be reused, and between other stacks', async () => {
    using own = project()
    await own.run('main.ts', { args: ['--name', 'first'] })
    expect(await lineOf(own, 'artifact', 'push', 'first/letters', '--to', 'far')).toContain(': 1 result (1 object')
    const { format, ...json } = JSON.parse(
      await lineOf(own, 'artifact', 'push', '--to', 'far', '--dry-run', '--json'),
    ) as { readonly format: string }
    expect(JSON_FORMATS['cairn.push/1'].parse(json)).toMatchObject({ dryRun: true, results: { copied: 1, present: 1 } })
    expect(format).toBe('cairn.push/1')
    expect(await own.run('main.ts', { args: ['--stack', 'far'] })).toMatchObject({ steps: ['count'] })
    expect(await lineOf(own, 'artifact', 'push', '--all', '--stack', 'far', '--to', 'near')).toContain(': 2 results (')
    expect(await own.run('main.ts', { args: ['--stack', 'near'] })).toMatchObject({ steps: [] })
  })

  it('writes nothing with --dry-run, and has nothing to do between a stack and itself', async () => {
    using own = project()
    await own.run('main.ts')
    const before = folderContent(own, '.cairn')
    expect(await lineOf(own, 'artifact', 'push', '--to', 'far', '--dry-run')).toContain('would be copied.')
    expect(own.exists('far')).toBe(false)
    expect(folderContent(own, '.cairn')).toEqual(before)
    expect(await lineOf(own, 'artifact', 'push', '--to', 'default')).toBe(
      'Stacks default and default have the same artifact store and cache index: there is nothing to copy.\n',
    )
  })

  it('names what is damaged, copies the rest, and ends with 1', async () => {
    using own = project()
    await own.run('main.ts', { args: ['--name', 'first'] })
    const [blob = ''] = globSync('.cairn/artifacts/blobs/*/*/*', { cwd: own.dir })
    truncateSync(own.path(blob), 1)
    const pushed = await push(own, '--to', 'far')
    expect(pushed.code).toBe(1)
    expect(pushed.stderr).toMatch(
      /^Not copied from stack default: the result of step \w+ of run first\. CAIRN_ARTIFACT_CORRUPT: .*1 bytes instead of/,
    )
    expect(pushed.stdout).toContain(': 1 result (1 object')
  })

  it.each([
    [[], 'needs --to'],
    [['first', '--all', '--to', 'far'], 'contradict'],
    [['--to', 'fra'], 'CAIRN_STACK_UNKNOWN'],
    [['nothing', '--to', 'far'], 'CAIRN_RUN_UNKNOWN'],
    [['a/b/c', '--to', 'far'], 'CAIRN_RUN_UNKNOWN'],
  ])('refuses %j', async (args, problem) => {
    using own = project()
    await own.run('main.ts', { args: ['--name', 'first'] })
    const pushed = await push(own, ...args)
    expect(pushed).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(problem) as string })
    expect(own.exists('far')).toBe(false)
  })
})

const STEPS = 60
const many = {
  'cairn.yaml': '',
  'stacks/far.yaml': FAR,
  'stacks/near.yaml': NEAR,
  'many.ts': `import { bytes, pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

const one = step({ name: 'one', params: z.object({ index: z.number() }), output: bytes }).implement(({ index }) => {
  ran('one')
  return new Uint8Array(200_000).fill(index)
})

export const many = pipeline({
  name: 'many',
  build: () => Array.from({ length: ${STEPS} }, (_, index) => one({ index })),
})
`,
}

/** How many files the far store has. */
const filesThere = (own: TemporaryProject): number => globSync('far/artifacts/*/**/*.json', { cwd: own.dir }).length

describe(`a push that is stopped (seed ${SEED})`, () => {
  it('by SIGKILL, at any moment and again and again, is completed by the next', { timeout: 120_000 }, async () => {
    using own = temporaryProject(many)
    await own.run('many.ts')
    let state = SEED
    for (let kill = 0; kill < 4; kill += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      const wanted = filesThere(own) + (state % (STEPS / 4))
      const { process: child, ended } = own.execute([process.execPath, CAIRN_BIN, 'artifact', 'push', '--to', 'far'])
      let hasEnded = false
      const end = ended.then(() => (hasEnded = true))
      while (!hasEnded && (!existsSync(own.path('far')) || filesThere(own) < wanted)) await sleep(1)
      child.kill('SIGKILL')
      await end
    }
    // Whatever is there is whole: a third stack takes all of it.
    await lineOf(own, 'artifact', 'push', '--all', '--stack', 'far', '--to', 'near')
    await lineOf(own, 'artifact', 'push', '--to', 'far')
    expect(await own.run('many.ts', { args: ['--stack', 'far'] })).toMatchObject({ code: 0, steps: [], stderr: '' })
    expect(await lineOf(own, 'cache', 'stats', '--stack', 'far', '--json')).toContain('"unreferenced":{"objects":0')
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s says so, ends with %d and leaves what the next one completes', async (signal, code) => {
    using own = temporaryProject(many)
    await own.run('many.ts')
    const { process: child, ended } = own.execute([process.execPath, CAIRN_BIN, 'artifact', 'push', '--to', 'far'])
    while (!existsSync(own.path('far'))) await sleep(1)
    child.kill(signal)
    const stopped = await ended
    expect(stopped).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^Stopped\. /) as string })
    await lineOf(own, 'artifact', 'push', '--to', 'far')
    expect(await own.run('many.ts', { args: ['--stack', 'far'] })).toMatchObject({ code: 0, steps: [] })
  })

  it('may be done by two processes at once', async () => {
    using own = temporaryProject(many)
    await own.run('many.ts')
    const both = await Promise.all([push(own, '--to', 'far'), push(own, '--to', 'far', '--all')])
    expect(both).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ])
    expect(await own.run('many.ts', { args: ['--stack', 'far'] })).toMatchObject({ code: 0, steps: [] })
  })
})
