import { createClient } from 'cairnml/client'
import { z } from 'zod'

import { mnistPipeline } from './pipeline.ts'
import { importerMnist } from './steps/importer-mnist.ts'
import { logisticEvaluator } from './steps/logistic-evaluator.ts'
import { logisticTrainer } from './steps/logistic-trainer.ts'
import { networkEvaluator } from './steps/network-evaluator.ts'
import { networkTrainer } from './steps/network-trainer.ts'
import { normalizeMnist } from './steps/normalize-mnist.ts'

const onMnist = mnistPipeline.with({ steps: { importer: importerMnist, normalizer: normalizeMnist } })

// A neural network, then a logistic regression in its place: importer and normalizer do not run a second time.
await onMnist.with({ steps: { trainer: networkTrainer, evaluator: networkEvaluator } }).run()
await onMnist.with({ steps: { trainer: logisticTrainer, evaluator: logisticEvaluator } }).run()

await using client = await createClient()
const { runs } = await client.pipeline('mnist_pipeline')
console.log(`\nPipeline \`mnist_pipeline\` has ${runs.length} run(s)`)
for (const run of runs.slice(0, 2).toReversed()) {
  const evaluator = await run.step('evaluator')
  console.log(`For ${evaluator.step}, the accuracy is: ${(await evaluator.output.load(z.number())).toFixed(2)}`)
}
