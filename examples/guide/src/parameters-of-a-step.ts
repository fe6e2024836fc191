import { pipeline } from 'cairnml'

import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { evaluator } from './steps/evaluator.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

// Each is a step of its own with other defaults; `svcTrainer` stays as it is.
const wideTrainer = svcTrainer.with({ params: { gamma: 0.01 } })
const linearTrainer = svcTrainer.with({ params: { gamma: 0.01, C: 2.5, kernel: 'linear' } })

for (const trainer of [svcTrainer, wideTrainer, linearTrainer]) {
  const firstPipeline = pipeline({
    name: 'first_pipeline',
    build: () => {
      const { X_train, X_test, y_train, y_test } = digitsDataLoader()
      return evaluator({ model: trainer({ X_train, y_train }), X_test, y_test })
    },
  })
  const { result } = await firstPipeline.run()
  console.log(`accuracy ${(await result.load()).toFixed(4)}`)
}
