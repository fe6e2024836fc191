import { matrix, step, vector } from 'cairnml'

import { DIGITS_FILE, readDigits, splitDigits } from './digits-data.ts'

/** Loads the digits and splits them: 1,437 rows for training, 360 for the test. */
export const digitsDataLoader = step({
  name: 'digits_data_loader',
  files: [DIGITS_FILE],
  outputs: { X_train: matrix, X_test: matrix, y_train: vector, y_test: vector },
}).implement(async () => {
  const { train, test } = splitDigits(await readDigits())
  return { X_train: train.x, X_test: test.x, y_train: train.y, y_test: test.y }
})
