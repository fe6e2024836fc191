import { list, matrix, step, vector } from 'cairnml'
import { z } from 'zod'

import { apply, descend, newLayer, shrink, slopeAt } from '../models/layer.ts'
import { randomNumbers, shuffled } from '../models/random.ts'
import { row } from '../models/samples.ts'

const CLASSES = 10

/** Trains a logistic regression over all classes by stochastic gradient descent, with a price on weights (L1). */
export const logisticTrainer = step({
  name: 'logistic_trainer',
  params: z.object({
    epochs: z.int().positive().default(5),
    rate: z.number().positive().default(0.01),
    l1: z.number().nonnegative().default(0.001),
    seed: z.int().default(1),
  }),
  inputs: { X_train: matrix, y_train: vector },
  output: list(matrix),
}).implement(({ epochs, rate, l1, seed, X_train, y_train }, { progress, signal }) => {
  const random = randomNumbers(seed)
  const layer = newLayer(CLASSES, X_train.shape[1], random)
  for (let epoch = 0; epoch < epochs; epoch++) {
    signal.throwIfAborted()
    for (const at of shuffled(y_train.length, random)) {
      const input = row(X_train, at)
      descend(layer, { slope: slopeAt(apply(layer, input), y_train[at]!), input, rate })
    }
    shrink(layer, l1)
    progress((epoch + 1) / epochs)
  }
  return [layer]
})
