import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { resultsProject } from './results-project.ts'

let project: TemporaryProject
beforeAll(async () => {
  project = await resultsProject()
})
afterAll(() => project[Symbol.dispose]())

describe('an empty list', () => {
  it.each<[readonly string[], string]>([
    [['run', 'list', '--pipeline', 'trainin'], 'No pipeline "trainin" was run here. Did you mean "training"?'],
    [['run', 'list', '--pipeline', 'training@9'], 'No run fits --pipeline training@9.'],
    [['run', 'list', '--tag', 's7', '--tag', 'bets'], 'No run has the tag "bets". Did you mean "best"?'],
    [['run', 'list', '--where', 'metrics.ac > 0'], 'No run has metrics.ac. Did you mean "metrics.acc"?'],
    [['run', 'list', '--sort', 'params.gama'], 'No run has params.gama. Did you mean "params.gamma"?'],
    [
      ['run', 'list', '--where', 'metrics.acc > 2', '--status', 'failed'],
      "No run fits --status failed --where 'metrics.acc > 2'.",
    ],
    [['run', 'list', '--page', '7'], 'No run fits --page 7.'],
    [['cache', 'ls', '--step', 'trian'], 'No entry is of a step "trian". Did you mean "train"?'],
    [['artifact', 'list', 'first', '--steps', 'lod'], 'No step of run first fits "lod". Did you mean "load"?'],
    [
      ['artifact', 'list', 'first', '--steps', 'lo*', '--type', 'text'],
      'The steps of run first that fit "lo*" have no artifacts of type "text"; there are matrix@1.',
    ],
    [
      ['artifact', 'list', 'broken', '--steps', 'report'],
      'The steps of run broken that fit "report" have no artifacts.',
    ],
  ])('of cairn %j says why on one line of standard error, and nothing beside JSON', async (args, text) => {
    expect(await project.cairn(args)).toMatchObject({ code: 0, stdout: '', stderr: `${text}\n` })
    const json = await project.cairn([...args, '--json'])
    expect(json).toMatchObject({ code: 0, stderr: '' })
    expect(json.stdout).toMatch(/^\{"format":"[^\n]*\[\][^\n]*\}\n$/)
  })

  it('where nothing was run says so', async () => {
    using empty = temporaryProject({})
    const listed = await empty.cairn(['run', 'list', '--tag', 'a'])
    expect(listed).toMatchObject({ code: 0, stdout: '', stderr: 'Nothing was run here yet.\n' })
  })
})
