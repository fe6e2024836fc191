import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('makes a new version for a new structure alone, and finds the old one again', async () => {
  const { printed } = await runChapter('versions')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    Using pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer runs: parameter gamma 0.0015 -> 0.0016 (against run first_pipeline-…).
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    Registered pipeline first_pipeline (version 2).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step custom_trainer has started.
    Step custom_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    Using pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Using cached version of svc_trainer.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s."
  `)
})
