import { pipeline } from 'cairnml'

import { digitsDataLoader } from './steps/digits-data-loader.ts'

const firstPipeline = pipeline({ name: 'first_pipeline', build: () => digitsDataLoader() })

const names = [
  'custom_pipeline_run_name',
  'custom_pipeline_run_name', // names are unique: the second is refused
  'custom_pipeline_run_name_{{date}}_{{time}}',
  'release_{{version}}_{{date}}',
]

for (const name of names) {
  try {
    const run = await firstPipeline.run({}, { name, substitutions: { version: '1.4' }, log: false })
    console.log(run.name)
  } catch (error) {
    // Sound: `run` throws errors.
    console.log((error as Error).message)
  }
}
