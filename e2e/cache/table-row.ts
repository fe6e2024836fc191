import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Turnstile } from '../project/turnstile.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'

/** Changes the files of a project. */
export type Edit = (project: TemporaryProject) => void

/** One edit to a project between two runs. */
export interface TableRow {
  /** What is edited. */
  readonly edit: string
  readonly apply?: Edit
  /** What the command gets besides the file. */
  readonly args?: readonly string[]
  /** Environment variables beside or in place of those of the project. */
  readonly env?: Readonly<Record<string, string>>
  /** What has to run, no more and no less. */
  readonly reruns: readonly string[]
  /** How the result differs from that before the edit. */
  readonly result?: Readonly<Record<string, unknown>>
}

/** The rows of the truth table by its sentences: an edit, and what it reruns. */
export type TableRows = Readonly<Record<string, readonly TableRow[]>>

/** A project and what it does as long as nothing is edited. */
export interface TableSubject {
  readonly make: () => TemporaryProject
  /** The file that runs the pipeline. */
  readonly main: string
  /** Its steps, sorted. */
  readonly steps: readonly string[]
  readonly result: Readonly<Record<string, unknown>>
  /** Environment variables that it needs. */
  readonly env?: Readonly<Record<string, string>>
}

/** Replaces a text that occurs exactly once in a file. */
export function replace(file: string, from: string, to: string): Edit {
  return (project) => project.edit(file, from, to)
}

/** Several edits at once. */
export function all(...edits: readonly Edit[]): Edit {
  return (project) => edits.forEach((edit) => edit(project))
}

const turnstile = new Turnstile(2)

/** Tests each row in a copy of a project that has run once, always in fresh processes. */
export function describeRows(what: string, subject: TableSubject, rows: TableRows): void {
  const { make, main, steps, result, env = {} } = subject
  describe(what, () => {
    let base: TemporaryProject

    beforeAll(async () => {
      base = make()
      expect(await base.run(main, { env })).toMatchObject({ stderr: '', code: 0, steps, result })
    })

    afterAll(() => base[Symbol.dispose]())

    for (const [sentence, ofSentence] of Object.entries(rows)) {
      describe(sentence, () => {
        it.concurrent.for(ofSentence.map((row) => [row.edit, row.reruns.join(', ') || 'nothing', row] as const))(
          '%s reruns %s',
          ([, , row]) => turnstile.pass(() => testRow(row, base.copy(), subject)),
        )
      })
    }
  })
}

async function testRow(row: TableRow, copy: TemporaryProject, { main, result, env }: TableSubject): Promise<void> {
  using project = copy
  row.apply?.(project)
  const expected = { stderr: '', code: 0, result: { ...result, ...row.result } }
  const options = { args: row.args ?? [], env: { ...env, ...row.env } }
  const rerun = await project.run(main, options)
  expect(rerun).toMatchObject(expected)
  expect(rerun.steps).toEqual(row.reruns.toSorted())
  if (row.reruns.length > 0) expect(await project.run(main, options)).toMatchObject({ ...expected, steps: [] })
}
