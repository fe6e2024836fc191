import { list, matrix, pipeline, slot, vector } from 'cairnml'
import { z } from 'zod'

/** Imports images, normalizes them, trains a model on them and evaluates it; which steps do that is left open. */
export const mnistPipeline = pipeline({
  name: 'mnist_pipeline',
  slots: {
    importer: slot({ outputs: { X_train: matrix, y_train: vector, X_test: matrix, y_test: vector } }),
    normalizer: slot({
      inputs: { X_train: matrix, X_test: matrix },
      outputs: { X_train: matrix, X_test: matrix },
    }),
    trainer: slot({ inputs: { X_train: matrix, y_train: vector }, output: list(matrix) }),
    evaluator: slot({ inputs: { X_test: matrix, y_test: vector, model: list(matrix) }, output: z.number() }),
  },
  build: (_params, { importer, normalizer, trainer, evaluator }) => {
    const { X_train, y_train, X_test, y_test } = importer()
    const normalized = normalizer({ X_train, X_test })
    const model = trainer({ X_train: normalized.X_train, y_train })
    return evaluator({ X_test: normalized.X_test, y_test, model })
  },
})
