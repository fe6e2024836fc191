import { list, matrix, step, vector } from 'cairnml'
import { z } from 'zod'

import { apply, descend, newLayer, relu, slopeAt, type Layer } from '../models/layer.ts'
import { randomNumbers, shuffled } from '../models/random.ts'
import { row } from '../models/samples.ts'

const CLASSES = 10

/** Trains a neural network with one hidden layer by stochastic gradient descent. */
export const networkTrainer = step({
  name: 'network_trainer',
  params: z.object({
    hidden: z.int().positive().default(64),
    epochs: z.int().positive().default(8),
    rate: z.number().positive().default(0.02),
    seed: z.int().default(1),
  }),
  inputs: { X_train: matrix, y_train: vector },
  output: list(matrix),
}).implement(({ hidden, epochs, rate, seed, X_train, y_train }, { progress, signal }) => {
  const random = randomNumbers(seed)
  const first = newLayer(hidden, X_train.shape[1], random)
  const second = newLayer(CLASSES, hidden, random)
  for (let epoch = 0; epoch < epochs; epoch++) {
    signal.throwIfAborted()
    for (const at of shuffled(y_train.length, random)) {
      const input = row(X_train, at)
      const active = relu(apply(first, input))
      const slope = slopeAt(apply(second, active), y_train[at]!)
      const below = slopeBelow(second, slope, active)
      descend(second, { slope, input: active, rate })
      descend(first, { slope: below, input, rate })
    }
    progress((epoch + 1) / epochs)
  }
  return [first, second]
})

/** The slope at the units of the hidden layer; of those that are silent it is 0. */
function slopeBelow({ shape: [, width], data }: Layer, slope: Float64Array, active: Float64Array): Float64Array {
  return active.map((value, at) =>
    value > 0 ? slope.reduce((sum, part, unit) => sum + part * data[unit * width + at]!, 0) : 0,
  )
}
