import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { evaluator } from './steps/evaluator.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

// Steps are functions with an `entrypoint`: no pipeline, no stack, nothing is stored.
const { X_train, X_test, y_train, y_test } = await digitsDataLoader.entrypoint()
const model = await svcTrainer.entrypoint({ X_train, y_train })

console.log(`${model.supportVectors} support vectors with gamma ${model.gamma}`)
console.log(`accuracy ${(await evaluator.entrypoint({ model, X_test, y_test })).toFixed(4)}`)
