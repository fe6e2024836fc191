import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('reuses the data, always trains, and runs everything when the run says so', async () => {
  const { printed } = await runChapter('caching-in-action')
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
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    Using pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching disabled)
    Using stack default to run pipeline first_pipeline...
    Runtime configuration overrides the cache settings of this run to cache=false. The stored defaults are kept for later runs.
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s."
  `)
})
