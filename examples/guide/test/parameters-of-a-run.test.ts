import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('overrides parameters of a step for one run, and refuses a wrong one before anything runs', async () => {
  const { printed } = await runChapter('parameters-of-a-run')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline first_pipeline (version 1).
    Creating run first_pipeline-… for pipeline first_pipeline (caching enabled)
    Using stack default to run pipeline first_pipeline...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Step svc_trainer has started.
    Step svc_trainer has finished in …s.
    Pipeline run first_pipeline-… has finished in …s.
    linear kernel: 387 support vectors
    Step "svc_trainer" of pipeline "first_pipeline" was given parameters that its schema refuses: "gamma" Too small: expected number to be >0 (was -1)."
  `)
})
