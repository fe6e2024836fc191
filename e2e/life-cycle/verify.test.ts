import { describe, expect, it } from 'vitest'

import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const PIPELINE = `import { external, json, pipeline, step } from 'cairnml'
import { scale } from './scale.ts'

const number = json<number>()
const load = step({ name: 'load', inputs: { size: number }, output: number }).implement(({ size }) => scale(size))
const draw = step({ name: 'draw', inputs: { x: number }, outputs: { value: number, same: number }, cache: true })
  .implement(({ x }) => ({ value: x + Math.random(), same: x }))
const make = (name: string, factor: number) =>
  step({ name, inputs: { x: number }, output: number }).implement(({ x }) => x * factor)
const double = make('double', 2)
const triple = make('triple', 3)
const fails = step({ name: 'fails', inputs: { x: number }, output: number, ignore: { env: ['FAILS'] } })
  .implement(({ x }) => {
    if (process.env.FAILS === '1') throw new Error('the model is gone')
    return x
  })

export const checked = pipeline({
  name: 'checked',
  build: () => {
    const x = load({ size: external(number, 4) })
    return { double: double({ x }), triple: triple({ x }), draw: draw({ x }).value, fails: fails({ x }) }
  },
})
`

/** The step `apply` captures a function, which no other process can be given. */
const CAPTURING = `import { json, pipeline, step } from 'cairnml'

const number = json<number>()
const load = step({ name: 'load', output: number }).implement(() => 1)
const applying = (f: (x: number) => number) =>
  step({ name: 'apply', inputs: { x: number }, output: number }).implement(({ x }) => f(x))
const apply = applying((x) => x + 1)

export const capturing = pipeline({ name: 'capturing', build: () => apply({ x: load() }) })
`

function checkedProject(): TemporaryProject {
  return temporaryProject({
    'pipeline.ts': PIPELINE,
    'scale.ts': 'export const scale = (x: number): number => x * 10\n',
  })
}

describe('cairn cache verify', () => {
  it('names the steps whose bytes differ and the outputs, and leaves everything as it is', async () => {
    using project = checkedProject()
    await project.run('pipeline.ts')
    const listed = await project.cairn(['cache', 'ls', '--json'])

    const verified = await project.cairn(['cache', 'verify', 'pipeline.ts', '--sample', '100%', '--seed', 'a'])

    expect(verified).toMatchObject({ code: 1, stderr: '' })
    expect(verified.stdout.replaceAll(/run checked-\S+/g, 'run <run>')).toBe(
      [
        'Step load gives the bytes that run <run> kept.',
        'Step double gives the bytes that run <run> kept.',
        'Step triple gives the bytes that run <run> kept.',
        'Step draw is not deterministic: output value differs from what run <run> kept.',
        'Step fails gives the bytes that run <run> kept.',
        'Verified 5 of 5 reusable results (seed a): 1 does not hold.',
        '',
      ].join('\n'),
    )
    expect((await project.cairn(['cache', 'ls', '--json'])).stdout).toBe(listed.stdout)
    expect((await project.run('pipeline.ts')).steps).toEqual([])
  })

  it('says of a result that was accepted under other code who did so and why, and that it differs', async () => {
    using project = checkedProject()
    await project.run('pipeline.ts')
    project.edit('scale.ts', 'x * 10', 'x * 20')
    await project.cairn(['cache', 'accept', 'pipeline.ts', 'load', '--yes', '--reason', 'only a test'])

    const verified = await project.cairn(['cache', 'verify', 'pipeline.ts', '--step', 'load', '--sample', '1'])
    const json = await project.cairn(['cache', 'verify', 'pipeline.ts', '--step', 'load', '--sample', '1', '--json'])

    expect(verified.code).toBe(1)
    expect(verified.stdout).toMatch(
      /^Step load gives something else than the result that was accepted for it: output differs from entry \S+ of run checked-\S+, which \S+@\S+ accepted \(only a test\)\.\n/,
    )
    expect(JSON.parse(json.stdout)).toMatchObject({
      steps: [{ state: 'differs', accepted: { reason: 'only a test', from: expect.any(String) as string } }],
    })
  })

  it('takes a sample, the same one for the same seed, or one step', async () => {
    using project = checkedProject()
    await project.run('pipeline.ts')
    const verify = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await project.cairn(['cache', 'verify', 'pipeline.ts', '--json', ...args])
      // Sound: the command prints this format.
      const { format, steps } = JSON.parse(stdout) as { format: string; steps: readonly { step: string }[] }
      expect(format).toBe('cairn.verification/1')
      return steps.map(({ step }) => step)
    }

    expect(await verify('--sample', '2', '--seed', 'b')).toHaveLength(2)
    expect(await verify('--sample', '2', '--seed', 'b')).toEqual(await verify('--sample', '2', '--seed', 'b'))
    expect(await verify('--step', 'double', '--sample', '100%')).toEqual(['double'])
  })

  it('says of a step that fails by itself what happened', async () => {
    using project = checkedProject()
    await project.run('pipeline.ts')

    const args = ['cache', 'verify', 'pipeline.ts', '--step', 'fails', '--sample', '1']
    const verified = await project.cairn(args, { env: { FAILS: '1' } })

    expect(verified.code).toBe(1)
    expect(verified.stdout).toContain('Step fails failed when it was executed again: the model is gone')
  })

  it('does not count as verified what cannot run by itself', async () => {
    using project = temporaryProject({ 'pipeline.ts': CAPTURING })
    await project.run('pipeline.ts')

    const verified = await project.cairn(['cache', 'verify', 'pipeline.ts', '--sample', '100%', '--seed', 'a'])

    expect(verified).toMatchObject({ code: 0, stderr: '' })
    expect(verified.stdout).toContain(
      'Step apply cannot be verified: it uses f of the function around it, which is a function (pipeline.ts:6).\n',
    )
    expect(verified.stdout).toContain(
      'Verified 1 of 2 reusable results (seed a): none differs; 1 cannot be verified.\n',
    )
  })

  it('refuses the name of a step that the pipeline does not have', async () => {
    using project = checkedProject()

    const refused = await project.cairn(['cache', 'verify', 'pipeline.ts', '--step', 'dubble'])

    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^CAIRN_INVOCATION_UNKNOWN: The command names "dubble"/)
  })

  it('has nothing to do before the first run, and refuses what is no sample', async () => {
    using project = checkedProject()
    expect(await project.cairn(['cache', 'verify', 'pipeline.ts'])).toMatchObject({
      code: 0,
      stdout: 'Nothing to verify: a run would reuse no result.\n',
    })
    for (const sample of ['0%', '101%', '-1', 'all']) {
      const refused = await project.cairn(['cache', 'verify', 'pipeline.ts', `--sample=${sample}`])
      expect(refused).toMatchObject({ code: 2, stdout: '' })
      expect(refused.stderr).toMatch(/^CAIRN_COMMAND_USAGE: --sample takes a share like 5%/)
    }
  })
})
