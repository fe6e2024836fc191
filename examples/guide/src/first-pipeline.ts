import { pipeline } from 'cairnml'

import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

const firstPipeline = pipeline({
  name: 'first_pipeline',
  build: () => {
    const { X_train, y_train } = digitsDataLoader()
    return svcTrainer({ X_train, y_train })
  },
})

const { result } = await firstPipeline.run()
console.log(`${(await result.load()).supportVectors} support vectors`)
