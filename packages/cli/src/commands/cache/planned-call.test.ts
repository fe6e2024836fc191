import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { setRunner } from '@cairnml/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { CallCatcher, type PlannedCall } from './planned-call.ts'

const CORE = JSON.stringify(import.meta.resolve('@cairnml/core'))

let dir: string
// A module is loaded once, whatever its file holds by then.
let files = 0

beforeEach(() => {
  dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-call-'))
})
afterEach(() => {
  setRunner(undefined)
  rmSync(dir, { recursive: true, force: true })
})

interface Caught {
  readonly call: PlannedCall
  readonly isCaught: boolean
}

async function callIn(text: string, name?: string): Promise<Caught> {
  const file = nodePath.join(dir, `file-${++files}.mjs`)
  writeFileSync(file, `import { pipeline } from ${CORE}\n${text}`)
  const catcher = new CallCatcher(file, name)
  setRunner(catcher)
  const call = await catcher.load()
  return { call, isCaught: catcher.isCaught }
}

const made = (name: string, isExported = true): string =>
  `${isExported ? 'export ' : ''}const ${name} = pipeline({ name: '${name}', build: () => ({}) })\n`

describe('CallCatcher', () => {
  it('takes the pipeline that a file exports', async () => {
    const { call, isCaught } = await callIn(made('one'))
    expect(call).toMatchObject({ pipeline: { name: 'one' }, args: {}, options: {} })
    expect(isCaught).toBe(false)
  })

  it('takes arguments and options of the run that a file makes, also where it waits for it', async () => {
    const { call, isCaught } = await callIn(`${made('one')}await one.run({ size: 3 }, { tags: ['x'] })\n`)
    expect(call).toMatchObject({ pipeline: { name: 'one' }, args: { size: 3 }, options: { tags: ['x'] } })
    expect(isCaught).toBe(true)
  })

  it('takes a run that is made later on, where a file exports nothing', async () => {
    const later = `${made('one', false)}setTimeout(() => one.run({ size: 4 }), 20)\n`
    expect((await callIn(later)).call.args).toEqual({ size: 4 })
  })

  it('takes the named one of several, whichever runs first', async () => {
    const both = `${made('one')}${made('two')}`
    expect((await callIn(both, 'two')).call.pipeline.name).toBe('two')
    const { call, isCaught } = await callIn(`${both}await one.run()\n`, 'two')
    expect(call).toMatchObject({ pipeline: { name: 'two' }, args: {} })
    expect(isCaught).toBe(true)
  })

  it.each([
    ['has several and names none', `${made('one')}${made('two')}`, undefined, 'CAIRN_PIPELINE_AMBIGUOUS'],
    ['has no such pipeline', made('one'), 'two', 'CAIRN_PIPELINE_UNKNOWN'],
    ['runs another one and has no such pipeline', `${made('one')}await one.run()\n`, 'two', 'CAIRN_PIPELINE_UNKNOWN'],
    ['fails', 'throw new Error("broken")\n', undefined, 'CAIRN_FILE_FAILED'],
  ])('refuses a file that %s', async (_which, text, name, code) => {
    await expect(callIn(text, name)).rejects.toMatchObject({ code })
  })
})
