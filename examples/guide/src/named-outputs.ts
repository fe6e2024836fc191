import { pipeline } from 'cairnml'

import { digitsDataLoader } from './steps/digits-data-loader.ts'

const loadOnly = pipeline({ name: 'load_only', build: () => digitsDataLoader() })

const { result } = await loadOnly.run()
console.log('X_train', (await result.X_train.load()).shape)
console.log('X_test', (await result.X_test.load()).shape)
console.log('y_train', (await result.y_train.load()).length)
console.log('y_test', (await result.y_test.load()).length)
