import { pipeline } from 'cairnml'
import { z } from 'zod'

import { customTrainer } from './steps/custom-trainer.ts'
import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

const params = z.object({ gamma: z.number().default(0.002) })

const firstPipeline = pipeline({
  name: 'first_pipeline',
  params,
  build: ({ gamma }) => {
    const { X_train, y_train } = digitsDataLoader()
    return svcTrainer({ gamma, X_train, y_train })
  },
})

// The same pipeline after an edit: another trainer, on other data.
const editedPipeline = pipeline({
  name: 'first_pipeline',
  params,
  build: ({ gamma }) => {
    const { X_test, y_test } = digitsDataLoader()
    return customTrainer({ gamma, X_train: X_test, y_train: y_test })
  },
})

await firstPipeline.run({ gamma: 0.0015 }) // version 1
await firstPipeline.run({ gamma: 0.0016 }) // version 1: only a value differs
await editedPipeline.run({ gamma: 0.0016 }) // version 2
await firstPipeline.run({ gamma: 0.0016 }) // version 1 again, as after taking the edit back
