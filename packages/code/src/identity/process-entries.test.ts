import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, it } from 'vitest'

import { processEntries, thisProcess } from './process-entries.ts'

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-entries-')))
const [main, pre] = ['main.ts', 'pre.mjs'].map((name) => {
  const file = join(dir, name)
  writeFileSync(file, '')
  return file
}) as [string, string]

it.each([
  ['its script', { script: main, flags: [] }, [main]],
  ['modules that are preloaded by path, before it', { script: main, flags: ['--import', pre] }, [pre, main]],
  ['also by URL', { script: main, flags: [`--import=${pathToFileURL(pre).href}`] }, [pre, main]],
  ['and by -r', { script: main, flags: ['-r', pre, '--no-warnings'] }, [pre, main]],
  ['no packages', { script: main, flags: ['--import', 'tsx'] }, [main]],
  ['nothing where there is no script', { script: undefined, flags: [] }, []],
  ['nothing that is not there', { script: join(dir, 'gone.ts'), flags: [] }, []],
])('the entries of a process are %s', (_, start, expected) => {
  expect(processEntries(start)).toEqual(expected)
})

it('the entries of a test runner are no entries of the project', () => {
  expect(processEntries(thisProcess(undefined)).filter((file) => file.includes('node_modules'))).toEqual([])
})
