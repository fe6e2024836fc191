import { matrix, step, vector } from 'cairnml'
import { z } from 'zod'

import { svcModel } from '../svm/svc-model.ts'
import { Svm } from '../svm/svm.ts'

/** The accuracy of a model: the share of the test rows whose digit it tells right. */
export const evaluator = step({
  name: 'evaluator',
  inputs: { model: svcModel, X_test: matrix, y_test: vector },
  output: z.number(),
}).implement(async ({ model, X_test, y_test }, { metric }) => {
  using svm = await Svm.load(model.text)
  const predicted = svm.predict(X_test)
  const accuracy = predicted.filter((digit, row) => digit === y_test[row]).length / y_test.length
  metric('accuracy', accuracy)
  return accuracy
})
