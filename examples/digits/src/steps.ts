export { digitsDataLoader } from './digits-data-loader.ts'
export { evaluator } from './evaluator.ts'
export { svcTrainer } from './svc-trainer.ts'
