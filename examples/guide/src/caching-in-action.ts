import { pipeline } from 'cairnml'

import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

const alwaysTrain = svcTrainer.with({ cache: false })

const firstPipeline = pipeline({
  name: 'first_pipeline',
  build: () => {
    const { X_train, y_train } = digitsDataLoader()
    return alwaysTrain({ X_train, y_train })
  },
})

// The first run executes both steps.
await firstPipeline.run()

// The second reuses the data; the trainer says that it is never reused.
await firstPipeline.run()

// The third executes everything, whatever steps and pipeline say.
await firstPipeline.run({}, { cache: false })
