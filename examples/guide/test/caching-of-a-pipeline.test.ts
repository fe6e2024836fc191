import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('runs every step of a pipeline without cache but those that say otherwise', async () => {
  const { printed } = await runChapter('caching-of-a-pipeline')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching disabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    Using pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching disabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Using cached version of digits_data_loader.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s."
  `)
})
