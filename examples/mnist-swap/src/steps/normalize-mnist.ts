import { matrix, step, type Matrix } from 'cairnml'

const normalized = ({ shape, data }: Matrix): Matrix => ({ shape, data: data.map((pixel) => pixel / 255) })

/** Brings pixels from 0 ... 255 to 0 ... 1. */
export const normalizeMnist = step({
  name: 'normalize_mnist',
  inputs: { X_train: matrix, X_test: matrix },
  outputs: { X_train: matrix, X_test: matrix },
}).implement(({ X_train, X_test }) => ({ X_train: normalized(X_train), X_test: normalized(X_test) }))
