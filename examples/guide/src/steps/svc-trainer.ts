import { matrix, step, vector } from 'cairnml'

import { svcModel, svcModelOf } from '../svm/svc-model.ts'
import { svcParams } from './svc-params.ts'
import { Svm } from '../svm/svm.ts'

/** Trains a support-vector classifier. */
export const svcTrainer = step({
  name: 'svc_trainer',
  params: svcParams,
  inputs: { X_train: matrix, y_train: vector },
  output: svcModel,
}).implement(async ({ X_train, y_train, ...params }) => {
  using svm = await Svm.fit(params, X_train, y_train)
  return svcModelOf(svm.serialize())
})
