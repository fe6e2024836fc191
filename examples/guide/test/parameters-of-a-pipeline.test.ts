import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('passes the parameters of a run, or their defaults, on to a step', async () => {
  const { printed } = await runChapter('parameters-of-a-pipeline')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    gamma 0.002: 845 support vectors
    Using pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer runs: parameter gamma 0.002 -> 0.0015 (against run first_pipeline-…).
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    gamma 0.0015: 776 support vectors"
  `)
})
