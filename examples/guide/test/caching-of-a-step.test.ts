import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('runs the step that is never cached, and reuses what lies below it', async () => {
  const { printed } = await runChapter('caching-of-a-step')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline imports (version 1).
    Creating run imports-… for pipeline imports (caching enabled)
    Using stack default to run pipeline imports...
    Step import_data_from_api has started.
    Step import_data_from_api has finished in …s.
    Step total has started.
    Step total has finished in …s.
    Pipeline run imports-… has finished in …s.
    Using pipeline imports (version 1).
    Creating run imports-… for pipeline imports (caching enabled)
    Using stack default to run pipeline imports...
    Step import_data_from_api has started.
    Step import_data_from_api has finished in …s.
    Step import_data_from_api gave the same bytes as before; 1 step below can be reused.
    Step total has started.
    Using cached version of total.
    Step total has finished in …s.
    Pipeline run imports-… has finished in …s.
    total 6"
  `)
})
