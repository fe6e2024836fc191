import os from 'node:os'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Turnstile } from '../project/turnstile.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'
import { CAPTURED_SUBJECT } from './captured-project.ts'
import {
  EXPLAINED_CAPTURED_ROWS,
  EXPLAINED_OUTSIDE_ROWS,
  EXPLAINED_TABLE_ROWS,
  type ExplainedRow,
} from './explained-rows-data.ts'
import { OUTSIDE_SUBJECT } from './outside-project.ts'
import { TABLE_SUBJECT } from './table-project.ts'
import type { TableSubject } from './table-row.ts'

const turnstile = new Turnstile(2)

/** What a plan says of a step. */
async function planned(
  project: TemporaryProject,
  main: string,
  options: ExplainedRow,
): Promise<ReadonlyMap<string, string>> {
  const { args = [], env = {} } = options
  const plan = await project.run(main, { args: ['--plan', ...args], env })
  expect(plan).toMatchObject({ stderr: '', code: 0, steps: [] })
  return new Map(
    [...plan.stdout.matchAll(/^ {2}(\S.*?) {2,}(.+)$/gm)].map(([, label = '', text = '']) => [label, text]),
  )
}

/** `object` for `printing (object)`. */
const idOf = (label: string): string => /\((.+)\)$/.exec(label)?.[1] ?? label

function describeExplained(what: string, subject: TableSubject, rows: readonly ExplainedRow[]): void {
  const { make, main, env = {} } = subject
  describe(what, () => {
    let base: TemporaryProject

    beforeAll(async () => {
      base = make()
      expect(await base.run(main, { env, args: ['--name', 'first'] })).toMatchObject({ stderr: '', code: 0 })
    })

    afterAll(() => base[Symbol.dispose]())

    it.concurrent.for(rows.map((row) => [row.edit, row] as const))('%s', ([, row]) =>
      turnstile.pass(() => testRow(row, base.copy(), subject)),
    )
  })
}

async function testRow(row: ExplainedRow, copy: TemporaryProject, { main, env }: TableSubject): Promise<void> {
  using project = copy
  row.apply?.(project)
  const { step, reason, args = [], isPlanned = true } = row
  const options = { env: { ...env, ...row.env }, args: ['--name', 'second', ...args] }
  if (isPlanned) {
    const plan = await planned(project, main, { ...row, env: options.env })
    expect(plan.get(step)).toBe(`runs: ${reason}`)
  }
  expect(await project.run(main, options)).toMatchObject({ stderr: '', code: 0 })
  const { stdout } = await project.cairn(['explain', 'second', idOf(step)])
  expect(stdout.split('\n')[0]).toContain(` ran: ${reason.replace('not cached: ', 'not cached because ')}.`)
}

const SAYS = 'a plan before a run and an explanation after it say why a step runs for'
describeExplained(`${SAYS} an edit:`, TABLE_SUBJECT, EXPLAINED_TABLE_ROWS)
describeExplained(`${SAYS} something else outside:`, OUTSIDE_SUBJECT, EXPLAINED_OUTSIDE_ROWS)
describeExplained(`${SAYS} another value in a factory:`, CAPTURED_SUBJECT, EXPLAINED_CAPTURED_ROWS)

describe('cairn run --plan', () => {
  it('knows three states: reused, runs, and runs if a step before it changes', async () => {
    using project = TABLE_SUBJECT.make()
    const { main } = TABLE_SUBJECT

    const fresh = await project.run(main, { args: ['--plan'] })
    await project.run(main, { args: ['--name', 'first'] })
    const same = await project.run(main, { args: ['--plan'] })
    project.edit('src/arithmetic/plus.ts', 'a + b', 'b + a')
    const edited = await project.run(main, { args: ['--plan'] })
    project.edit('src/labels.json', 'Sizes', 'Lengths')
    const both = await project.run(main, { args: ['--plan'] })

    expect(fresh.stdout.split('\n')).toEqual([
      'Plan of pipeline table (a new version):',
      '  source     runs: no earlier entry',
      '  sorted     runs: no earlier entry',
      '  scaled     runs: no earlier entry',
      '  labelled   runs: no earlier entry',
      '  described  runs: no earlier entry',
      '  boxed      runs: no earlier entry',
      '  opened     runs: no earlier entry',
      '',
    ])
    expect(
      same.stdout
        .split('\n')
        .slice(1, -1)
        .map((line) => line.replace(/^ +\S+ +/, '')),
    ).toEqual(Array.from({ length: 7 }, () => 'reused'))
    expect(edited.stdout.split('\n')).toEqual([
      'Plan of pipeline table (version 1):',
      '  source     reused',
      '  sorted     reused',
      '  scaled     runs: function plus (src/arithmetic/plus.ts) changed (against run first)',
      '  labelled   runs if scaled changes',
      '  described  runs if labelled changes',
      '  boxed      reused',
      '  opened     reused',
      '',
    ])
    expect(both.stdout).toContain(
      '  scaled     runs: function plus (src/arithmetic/plus.ts) changed (against run first)\n',
    )
    expect(both.stdout).toContain('  labelled   runs: file src/labels.json changed (against run first)\n')
    expect(both.stdout).toContain('  described  runs if labelled changes\n')
    expect([fresh, same, edited, both].map(({ steps }) => steps)).toEqual([[], [], [], []])
  })
})

describe('cairn explain of a step that was reused', () => {
  it('names run, commit, host and time of its result', async () => {
    using project = TABLE_SUBJECT.make()
    project.commit()
    const { main } = TABLE_SUBJECT
    await project.run(main, { args: ['--name', 'first'] })
    await project.run(main, { args: ['--name', 'second'] })

    const { stdout } = await project.cairn(['explain', 'second', 'sorted'])

    expect(stdout).toMatch(/^sorted was reused from run first \(made by .+ on host .+ at [\d-]+ [\d:]+.*\)/)
    expect(stdout, 'names the commit').toContain(project.commit().slice(0, 7))
    const shown = await project.cairn(['run', 'show', 'second'])
    expect(shown.stdout).toContain(`Node ${process.version}, ${process.platform}-${process.arch}, commit `)
    const json = JSON.parse((await project.cairn(['run', 'show', 'second', '--json'])).stdout) as {
      readonly by: object
      readonly steps: readonly { readonly id: string; readonly packages: readonly object[] }[]
    }
    expect(json.by).toMatchObject({ node: process.version, commit: project.commit(), host: os.hostname() })
    const packages = json.steps.flatMap((step) => (step.id === 'scaled' ? step.packages : []))
    expect(packages).toContainEqual({ name: 'execution-log', version: '1.0.0' })
  })
})
