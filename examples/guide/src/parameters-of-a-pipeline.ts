import { pipeline } from 'cairnml'
import { z } from 'zod'

import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

const firstPipeline = pipeline({
  name: 'first_pipeline',
  params: z.object({ gamma: z.number().default(0.002) }),
  build: ({ gamma }) => {
    const { X_train, y_train } = digitsDataLoader()
    return svcTrainer({ gamma, X_train, y_train })
  },
})

// Without a value the default counts, and the default of the step, 0.001, does not: the pipeline passes its own on.
for (const params of [{}, { gamma: 0.0015 }]) {
  const { result } = await firstPipeline.run(params)
  const { gamma, supportVectors } = await result.load()
  console.log(`gamma ${gamma}: ${supportVectors} support vectors`)
}
