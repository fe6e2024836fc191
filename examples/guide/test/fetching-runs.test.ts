import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('finds past runs, the newest first, with their parameters and results', async () => {
  const { printed } = await runChapter('fetching-runs')
  expect(printed).toMatchInlineSnapshot(`
    "Pipeline first_pipeline has 3 runs, the newest first:
    {"gamma":0.01}: accuracy 0.7139, 1427 support vectors
    {"gamma":0.0015}: accuracy 0.9583, 776 support vectors
    {"gamma":0.001}: accuracy 0.9583, 695 support vectors"
  `)
})
