import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('swaps the step of one slot and keeps the result of the other', async () => {
  const { printed } = await runChapter('slots')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    step_2 is svc_trainer: rbf kernel, 695 support vectors
    Registered pipeline first_pipeline (version 2).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step custom_trainer has started.
    Step custom_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    step_2 is custom_trainer: linear kernel, 387 support vectors"
  `)
})
