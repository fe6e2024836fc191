import { fileURLToPath } from 'node:url'

import { matrix, step, vector } from 'cairnml'

import { readImages, readLabels } from '../models/idx.ts'

const DATA = new URL('../../data/', import.meta.url)
const file = (name: string): URL => new URL(`${name}-ubyte.gz`, DATA)

/** Reads 2,000 images to train on and 500 to test with. */
export const importerMnist = step({
  name: 'importer_mnist',
  outputs: { X_train: matrix, y_train: vector, X_test: matrix, y_test: vector },
  files: [fileURLToPath(DATA)],
}).implement(async () => ({
  X_train: await readImages(file('train-images-idx3')),
  y_train: await readLabels(file('train-labels-idx1')),
  X_test: await readImages(file('t10k-images-idx3')),
  y_test: await readLabels(file('t10k-labels-idx1')),
}))
