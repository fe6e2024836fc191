import { pipeline } from 'cairnml'
import { createClient } from 'cairnml/client'
import { z } from 'zod'

import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { evaluator } from './steps/evaluator.ts'
import { svcTrainer } from './steps/svc-trainer.ts'
import { svcModel } from './svm/svc-model.ts'

const firstPipeline = pipeline({
  name: 'first_pipeline',
  params: z.object({ gamma: z.number().default(0.001) }),
  build: ({ gamma }) => {
    const { X_train, X_test, y_train, y_test } = digitsDataLoader()
    evaluator({ model: svcTrainer({ gamma, X_train, y_train }), X_test, y_test })
  },
})

for (const gamma of [0.001, 0.0015, 0.01]) await firstPipeline.run({ gamma }, { log: false })

await using client = await createClient()
const { name, runs } = await client.pipeline('first_pipeline')
console.log(`Pipeline ${name} has ${runs.length} runs, the newest first:`)
for (const run of runs) {
  const model = await run.step('svc_trainer').output.load(svcModel)
  const accuracy = await run.step('evaluator').output.load(z.number())
  console.log(`${JSON.stringify(run.params)}: accuracy ${accuracy.toFixed(4)}, ${model.supportVectors} support vectors`)
}
