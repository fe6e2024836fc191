import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('gives a step other defaults without touching the original', async () => {
  const { printed } = await runChapter('parameters-of-a-step')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Step evaluator has started.
    Step evaluator has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    accuracy 0.9583
    Using pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer runs: parameter gamma 0.001 -> 0.01 (against run first_pipeline-…).
    Step svc_trainer has finished in …s.
    Step evaluator has started.
    Step evaluator runs: input model changed (from svc_trainer, which ran again) (against run first_pipeline-…).
    Step evaluator has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    accuracy 0.7139
    Using pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer runs: parameter C 1 -> 2.5; parameter kernel "rbf" -> "linear" (against run first_pipeline-…).
    Step svc_trainer has finished in …s.
    Step evaluator has started.
    Step evaluator runs: input model changed (from svc_trainer, which ran again) (against run first_pipeline-…).
    Step evaluator has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    accuracy 0.9306"
  `)
})
