import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('registers the pipeline, runs its steps and names the run', async () => {
  const { printed } = await runChapter('first-pipeline')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    695 support vectors"
  `)
})
