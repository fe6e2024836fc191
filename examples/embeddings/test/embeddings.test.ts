import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ExampleCopy } from './example-copy.ts'

const CONE_OF_THE_FOX = [
  'chunk-fox-and-grapes',
  'embed-fox-and-grapes-16',
  'embed-fox-and-grapes-512',
  'evaluate-16',
  'evaluate-512',
  'index-16',
  'index-512',
  'load-fox-and-grapes',
]

let example: ExampleCopy
beforeAll(async () => {
  example = await ExampleCopy.create()
})
afterAll(() => example[Symbol.asyncDispose]())

// Each test goes on where the one before it ended.
describe('embeddings', () => {
  it('runs 30 steps, finds the better size of vectors and publishes it', async () => {
    const { printed, ran, reused } = await example.run()
    expect(ran).toHaveLength(30)
    expect(reused).toEqual([])
    expect(printed).toContain('[publish] Use vectors of 512 dimensions: recall 0.83')
  })

  it('reuses all of them when nothing has changed', async () => {
    const { ran, reused } = await example.run()
    expect(ran).toEqual([])
    expect(reused).toHaveLength(30)
  })

  it('runs what depends on a text again when that changes, and nothing else', async () => {
    await example.edit('fox-and-grapes', (text) => `${text}It is easy to despise what you cannot get.\n`)
    const { ran, reused } = await example.run()
    expect(ran).toEqual(CONE_OF_THE_FOX)
    expect(reused).toHaveLength(22)
  })

  it('stops at the chunks when only line breaks of a text change', async () => {
    await example.edit('lion-and-mouse', (text) => text.replaceAll('\n', '\n\n'))
    const { printed, ran } = await example.run()
    expect(ran).toEqual(['chunk-lion-and-mouse', 'load-lion-and-mouse'])
    expect(printed).toContain('Step chunk_text (chunk-lion-and-mouse) gave the same bytes as before;')
  })

  it('makes vectors of another size from the chunks that are there', async () => {
    const { ran } = await example.run('--param', 'dimensions=[16,64]')
    expect(ran.filter((id) => /^(load|chunk)-|-16$/.test(id))).toEqual([])
    expect(ran.filter((id) => id.startsWith('embed-'))).toHaveLength(6)
  })

  it('publishes nothing that is not good enough', async () => {
    const { printed } = await example.run('--param', 'atLeast=0.99')
    expect(printed).toContain('Step publish is skipped: its condition is false.')
  })
})
