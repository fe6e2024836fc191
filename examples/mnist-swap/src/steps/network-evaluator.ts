import { list, matrix, step, vector } from 'cairnml'
import { z } from 'zod'

import { apply, relu } from '../models/layer.ts'
import { accuracy } from '../models/samples.ts'

/** The share of the test images that a network of two layers tells right. */
export const networkEvaluator = step({
  name: 'network_evaluator',
  inputs: { X_test: matrix, y_test: vector, model: list(matrix) },
  output: z.number(),
}).implement(({ X_test, y_test, model }, { metric }) => {
  const [first, second] = model
  if (first === undefined || second === undefined) throw new TypeError('The model is not a network of two layers.')
  const share = accuracy(X_test, y_test, (image) => apply(second, relu(apply(first, image))))
  metric('accuracy', share)
  return share
})
