import assert from 'node:assert/strict'
import { test } from 'node:test'

import { memoryStack } from '@cairnml/testing'

import { countLetters, greet, hello } from './hello.pipeline.ts'

test('a step is a function that can be called alone', async () => {
  assert.equal(await greet.entrypoint({ name: 'Ada' }), 'Hello, Ada!')
  assert.equal(await countLetters.entrypoint({ greeting: 'Hello, Ada!' }), 8)
})

test('a pipeline runs in memory, and what did not change is reused', async () => {
  const stack = memoryStack()
  const first = await hello.run({ name: 'Ada' }, { stack, log: false })
  const second = await hello.run({ name: 'Ada' }, { stack, log: false })

  assert.equal(await first.result.load(), 8)
  assert.equal(first.steps['greet']?.status, 'completed')
  assert.equal(second.steps['greet']?.status, 'cached')
})
