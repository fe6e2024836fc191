import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { MemoProject } from './counting-walk.fixture.ts'
import { readMemo, writeMemo } from './memo-json.ts'

it('reads what it wrote, of the same format only', () => {
  using project = new MemoProject()
  const path = join(project.dir, 'memo/index.json')
  writeMemo(path, { format: 'a 1', known: [1] })
  expect(readMemo(path, 'a 1')).toEqual({ format: 'a 1', known: [1] })
  expect(readMemo(path, 'a 2')).toBeUndefined()
})

it('goes on where a file lies in the place of its folder', () => {
  using project = new MemoProject()
  const place = join(project.dir, 'memo')
  writeFileSync(place, 'mine')
  writeMemo(join(place, 'index.json'), { format: 'a 1' })
  expect(readMemo(join(place, 'index.json'), 'a 1')).toBeUndefined()
  expect(readFileSync(place, 'utf8')).toBe('mine')
})
