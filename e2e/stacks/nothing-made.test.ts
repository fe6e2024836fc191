import { readdirSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { temporaryProject } from '../project/temporary-project.ts'

const READING = [
  'run list',
  'run show',
  'run logs',
  'run compare',
  'run sync',
  'explain',
  'pipeline list',
  'pipeline show training',
  'artifact list',
  'artifact show train',
  'cache ls',
  'cache stats',
  'cache prune --yes',
  'doctor',
  'stack list',
  'stack get',
]

describe('a project without local state', () => {
  it.each([
    ['the built-in stack', 'default'],
    ['a stack in a file', 'ci'],
    ['a stack whose records lie elsewhere', 'elsewhere'],
  ])('is left as it is by commands that read, on %s', async (_, stack) => {
    using project = temporaryProject({
      'stacks/ci.yaml': 'orchestrator: { use: local }\n',
      'stacks/elsewhere.yaml': 'metadataStore: { use: sqlite, path: records/runs.sqlite }\n',
    })
    const before = readdirSync(project.dir)
    for (const command of READING) {
      const { stderr } = await project.cairn(command.split(' '), { env: { CAIRN_STACK: stack } })
      expect({ command, left: readdirSync(project.dir) }).toEqual({ command, left: before })
      expect({ command, unavailable: stderr.includes('CAIRN_STORE') }).toEqual({ command, unavailable: false })
    }
  })
})
