import { pipeline } from 'cairnml'

import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

const firstPipeline = pipeline({
  name: 'first_pipeline',
  build: () => {
    const { X_train, y_train } = digitsDataLoader()
    return svcTrainer({ X_train, y_train, kernel: 'rbf' })
  },
})

// A run has the last word on any parameter of any step, also where the pipeline passes none on.
const { result } = await firstPipeline.run(
  {},
  { steps: { svc_trainer: { params: { gamma: 0.01, C: 2.5, kernel: 'linear' } } } },
)
const { kernel, supportVectors } = await result.load()
console.log(`${kernel} kernel: ${supportVectors} support vectors`)

// One that cannot be right is refused before anything runs.
await firstPipeline.run({}, { steps: { svc_trainer: { params: { gamma: -1 } } } }).catch(({ message }: Error) => {
  console.log(message)
})
