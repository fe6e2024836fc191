import { matrix, step, vector } from 'cairnml'

import { svcModel, svcModelOf } from '../svm/svc-model.ts'
import { Svm } from '../svm/svm.ts'
import { svcParams } from './svc-params.ts'

/** Trains a linear support-vector classifier, whatever kernel its parameters name. */
export const customTrainer = step({
  name: 'custom_trainer',
  params: svcParams,
  inputs: { X_train: matrix, y_train: vector },
  output: svcModel,
}).implement(async ({ X_train, y_train, ...params }) => {
  using svm = await Svm.fit({ ...params, kernel: 'linear' }, X_train, y_train)
  return svcModelOf(svm.serialize())
})
