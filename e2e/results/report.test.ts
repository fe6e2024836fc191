import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { greetingProject } from '../command/greeting-project.ts'
import { temporaryProject } from '../project/temporary-project.ts'
import { linesOf } from './results-project.ts'

describe('the report of a run', () => {
  it('is read on another machine as the run is read at home', async () => {
    using project = greetingProject()
    await project.run('main.ts', { args: ['--name', 'first'] })
    const { code } = await project.run('main.ts', {
      args: ['--name', 'second', '-p', 'times=2', '--report', 'out/run.json'],
    })
    expect(code).toBe(0)
    using elsewhere = temporaryProject({ 'run.json': project.read('out/run.json') })
    for (const command of [
      'run show second',
      'explain',
      'explain last count',
      'run compare first second',
      'run list',
    ]) {
      const there = await linesOf(elsewhere, ...command.split(' '), '--from', 'run.json')
      expect(there).toEqual(await linesOf(project, ...command.split(' ')))
    }
    expect(elsewhere.exists('.cairn')).toBe(false)
  })

  it('is written of a run that failed, too', async () => {
    using project = greetingProject()
    project.edit('pipeline.ts', "  ran('count')", "  throw new Error('no luck')")
    const { code } = await project.run('pipeline.ts', { args: ['--report', 'run.json'] })
    expect(code).toBe(1)
    expect(await linesOf(project, 'run', 'list', '--from', 'run.json', '--status', 'failed')).toHaveLength(2)
  })

  it('that cannot be written is an error before anything runs', async () => {
    using project = greetingProject({ file: '' })
    const { code, stderr } = await project.run('main.ts', { args: ['--name', 'first', '--report', 'file/run.json'] })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^CAIRN_COMMAND_USAGE: --report needs a file that can be written: .*file is no folder/m)
    expect((await project.cairn(['run', 'list', '--json'])).stdout).not.toContain('first')
  })

  it.each([
    ['', 'it is not JSON'],
    ['[]', 'it is not an object'],
    ['{}', 'its format is not cairn.report/1'],
    ['{"format":"cairn.report/1","name":"x"}', 'it has no list of pipelines'],
    ['{"format":"cairn.report/1","name":"x","pipelines":[null]}', 'pipelines[0]. is not what it has to be'],
  ])('that is %j is refused', async (text, problem) => {
    using project = temporaryProject({ 'run.json': text })
    const { code, stderr } = await project.cairn(['run', 'show', '--from', 'run.json'])
    expect(code).toBe(2)
    expect(stderr).toContain(`CAIRN_REPORT_INVALID: The report run.json cannot be read: ${problem}.`)
  })

  it('with anything else in place of one value is refused with a code, or read', async () => {
    using project = greetingProject()
    await project.run('main.ts', { args: ['--name', 'first', '--report', 'run.json'] })
    const report = JSON.parse(readFileSync(project.path('run.json'), 'utf8')) as Record<string, unknown>
    const places = pathsOf(report)
      .filter((_, at) => at % 9 === 0)
      .slice(0, 12)
    for (const place of places) {
      project.write({ 'changed.json': JSON.stringify(replaced(report, place, { odd: [1] })) })
      const { code, stderr } = await project.cairn(['run', 'show', '--from', 'changed.json'])
      expect([0, 2], place.join('.')).toContain(code)
      if (code === 2) expect(stderr).toMatch(/^CAIRN_(?:REPORT_INVALID|RUN_UNKNOWN): /)
    }
  })

  it('that is not there is refused', async () => {
    using project = temporaryProject({})
    const { code, stderr } = await project.cairn(['run', 'list', '--from', 'nope.json'])
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('it is not there') as string })
  })
})

/** The paths of all values in a document. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...path, name]))].filter(
    ({ length }) => length > 0,
  )
}

/** A copy of a document with another value at a path. */
function replaced(document: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  if (Array.isArray(document))
    return document.map((each, at) => (String(at) === name ? replaced(each, rest, value) : each))
  return Object.fromEntries(
    Object.entries(document as object).map(([each, of]) => [each, each === name ? replaced(of, rest, value) : of]),
  )
}
