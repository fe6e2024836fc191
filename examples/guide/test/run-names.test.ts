import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('gives runs names of their own, with placeholders, and refuses one that is taken', async () => {
  const { printed } = await runChapter('run-names')
  expect(printed).toMatchInlineSnapshot(`
    "custom_pipeline_run_name
    A run named "custom_pipeline_run_name" exists already.
    custom_pipeline_run_name_…
    release_1.4_…"
  `)
})
