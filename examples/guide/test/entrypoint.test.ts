import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('calls steps as plain functions and stores nothing', async () => {
  const { printed, hasStored } = await runChapter('entrypoint')
  expect(printed).toMatchInlineSnapshot(`
    "695 support vectors with gamma 0.001
    accuracy 0.9583"
  `)
  expect(hasStored).toBe(false)
})
