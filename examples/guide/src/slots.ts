import { matrix, pipeline, slot, vector } from 'cairnml'

import { customTrainer } from './steps/custom-trainer.ts'
import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { svcTrainer } from './steps/svc-trainer.ts'
import { svcModel } from './svm/svc-model.ts'

const firstPipeline = pipeline({
  name: 'first_pipeline',
  slots: {
    step_1: slot({ outputs: { X_train: matrix, X_test: matrix, y_train: vector, y_test: vector } }),
    step_2: slot({ inputs: { X_train: matrix, y_train: vector }, output: svcModel }),
  },
  build: (_params, { step_1, step_2 }) => {
    const { X_train, y_train } = step_1()
    return step_2({ X_train, y_train })
  },
}).with({ steps: { step_1: digitsDataLoader } })

for (const trainer of [svcTrainer, customTrainer]) {
  const run = await firstPipeline.with({ steps: { step_2: trainer } }).run()
  const { kernel, supportVectors } = await run.result.load()
  console.log(`step_2 is ${run.steps['step_2']?.step}: ${kernel} kernel, ${supportVectors} support vectors`)
}
