import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { linesOf, printed, resultsProject } from './results-project.ts'

let project: TemporaryProject
beforeAll(async () => {
  project = await resultsProject()
})
afterAll(() => project[Symbol.dispose]())

describe('cairn artifact', () => {
  it('lists what a run has made', async () => {
    const { artifacts } = JSON.parse(await printed(project, 'artifact', 'list', 'better', '--json')) as {
      artifacts: { step: string; output: string; type: string }[]
    }
    expect(artifacts.map(({ step, output, type }) => `${step}/${output} ${type}`)).toEqual([
      'load/output matrix@1',
      'train/model json@1',
      'train/notes text@1',
      'report/output file.csv@1',
    ])
    expect(await linesOf(project, 'artifact', 'list', '--steps', 'tr*', '--type', 'json')).toHaveLength(2)
  })

  it('prints values for people and for programs', async () => {
    expect(await printed(project, 'artifact', 'cat', 'better/train/model')).toBe('{\n  "gamma": 0.01\n}\n')
    expect(await printed(project, 'artifact', 'cat', 'load')).toBe(
      'float64 of shape (2, 2), min 1, max 4, mean 2.5\n[1, 2, 3, 4]\n',
    )
    expect(await printed(project, 'artifact', 'cat', 'report')).toBe('gamma\n0.1\n')
    expect(JSON.parse(await printed(project, 'artifact', 'cat', 'train/notes', '--json'))).toMatchObject({
      type: 'text@1',
      value: ['=1+1', 'two\nlines'],
    })
    expect((await printed(project, 'artifact', 'cat', 'load', '--raw')).slice(1, 6)).toBe('NUMPY')
  })

  it('shows who made one, by its name and by the start of its digest', async () => {
    const lines = await linesOf(project, 'artifact', 'show', 'again/train/model')
    expect(lines[0]).toBe('Artifact again/train/model: json@1, 13 B')
    expect(lines[2]).toMatch(/^ {2}made by train in run first at /)
    const digest = /digest ([0-9a-f]{64})/.exec(lines[1] ?? '')?.[1] ?? ''
    expect((await linesOf(project, 'artifact', 'show', digest.slice(0, 12)))[0]).toContain(digest)
  })

  it('follows lineage up and down', async () => {
    expect(
      (await linesOf(project, 'artifact', 'lineage', 'report')).map((line) => line.replace(/ [0-9a-f]{12},/, ',')),
    ).toEqual([
      'again/report/output: file.csv@1, made by report in run first',
      '└─ model: json@1, made by train in run first',
      '   └─ x: matrix@1, made by load in run first',
    ])
    const down = await printed(project, 'artifact', 'lineage', 'first/load', '--down')
    for (const run of ['first', 'better', 'broken']) expect(down).toContain(`used by train in run ${run} as x`)
  })

  it('exports files, whole, and never over others unasked', async () => {
    await printed(project, 'artifact', 'export', 'better/report', 'out/better.csv')
    expect(project.read('out/better.csv')).toBe('gamma\n0.01\n')
    const again = await project.cairn(['artifact', 'export', 'first/report', 'out/better.csv'])
    expect(again).toMatchObject({ code: 2 })
    expect(again.stderr).toMatch(/^CAIRN_EXPORT_FAILED: /)
    expect(project.read('out/better.csv')).toBe('gamma\n0.01\n')
    await printed(project, 'artifact', 'export', 'first/report', 'out/better.csv', '--force')
    expect(project.read('out/better.csv')).toBe('gamma\n0.1\n')
    await printed(project, 'artifact', 'export', 'train/notes', 'notes')
    expect(project.read('notes/1.txt')).toBe('two\nlines')
  })

  it.each([
    [['show', 'nope/train'], /^CAIRN_RUN_UNKNOWN: /],
    [['show', 'last/train'], /^CAIRN_ARTIFACT_UNKNOWN: .*has the outputs model, notes/],
    [['cat', '../../etc/passwd'], /^CAIRN_ARTIFACT_UNKNOWN: /],
    [['cat', 'report', '--file', '../x'], /^CAIRN_ARTIFACT_UNKNOWN: .*not "\.\.\/x"/],
    [['cat'], /^CAIRN_COMMAND_USAGE: .*needs an artifact/],
    [['export', 'report'], /^CAIRN_COMMAND_USAGE: .*needs an artifact and a path/],
    [['shwo'], /^CAIRN_COMMAND_USAGE: .*Did you mean "show"\?/],
  ])('refuses %j with 2', async (args, message) => {
    const { code, stderr } = await project.cairn(['artifact', ...args])
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})

describe('cairnml/client', () => {
  it('reads the same in a program', async () => {
    project.write({
      'read.ts': `import { createClient } from 'cairnml/client'
await using client = await createClient()
const { runs, lastSuccessful } = await client.pipeline('training')
const { runs: good } = await client.runs({ where: 'metrics.acc > 0.95' })
console.log('RESULT ' + JSON.stringify({
  newest: runs.map(({ name }) => name),
  lastSuccessful: lastSuccessful?.name,
  good: good.map(({ name, metrics }) => [name, metrics.acc]),
  loaded: await (await client.artifact('better/train/model')).load(),
  shape: (await runs[0]?.step('load').output.load())?.shape,
}))
`,
    })
    expect((await project.run('read.ts', { node: true })).result).toEqual({
      newest: ['again', 'broken', 'better', 'first'],
      lastSuccessful: 'again',
      good: [['better', 0.99]],
      loaded: { gamma: 0.01 },
      shape: [2, 2],
    })
  })
})
