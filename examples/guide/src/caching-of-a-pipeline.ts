import { pipeline } from 'cairnml'

import { digitsDataLoader } from './steps/digits-data-loader.ts'
import { svcTrainer } from './steps/svc-trainer.ts'

// Off for all steps, but for those that say `cache: true` themselves.
const cachedLoader = digitsDataLoader.with({ cache: true })

const firstPipeline = pipeline({
  name: 'first_pipeline',
  cache: false,
  build: () => {
    const { X_train, y_train } = cachedLoader()
    return svcTrainer({ X_train, y_train })
  },
})

await firstPipeline.run()
await firstPipeline.run()
