import { expect, it } from 'vitest'

import { runChapter } from './run-chapter.ts'

it('gives each of several outputs its own name and type', async () => {
  const { printed } = await runChapter('named-outputs')
  expect(printed).toMatchInlineSnapshot(`
    "Registered pipeline load_only (version 1).
    Creating run load_only-… for pipeline load_only (caching enabled)
    Using stack default to run pipeline load_only...
    Step digits_data_loader has started.
    Step digits_data_loader has finished in …s.
    Pipeline run load_only-… has finished in …s.
    X_train [ 1437, 64 ]
    X_test [ 360, 64 ]
    y_train 1437
    y_test 360"
  `)
})
