import { list, matrix, step, vector } from 'cairnml'
import { z } from 'zod'

import { apply } from '../models/layer.ts'
import { accuracy } from '../models/samples.ts'

/** The share of the test images that a logistic regression tells right. */
export const logisticEvaluator = step({
  name: 'logistic_evaluator',
  inputs: { X_test: matrix, y_test: vector, model: list(matrix) },
  output: z.number(),
}).implement(({ X_test, y_test, model }, { metric }) => {
  const [layer, another] = model
  if (layer === undefined || another !== undefined) throw new TypeError('The model is not a logistic regression.')
  const share = accuracy(X_test, y_test, (image) => apply(layer, image))
  metric('accuracy', share)
  return share
})
