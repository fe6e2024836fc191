import { pipeline } from 'cairnml'

import { digitsDataLoader, evaluator, svcTrainer } from './steps.ts'
import { svcParams } from './svc-params.ts'

/** Loads the digits, trains a classifier on four fifths of them and measures it on the rest. */
export const firstPipeline = pipeline({
  name: 'first_pipeline',
  params: svcParams,
  build: (params) => {
    const { X_train, X_test, y_train, y_test } = digitsDataLoader()
    const model = svcTrainer({ ...params, X_train, y_train })
    return { model, accuracy: evaluator({ model, X_test, y_test }) }
  },
})
