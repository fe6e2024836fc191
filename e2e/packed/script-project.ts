import type { ProjectFiles } from '../project/temporary-project.ts'

/** A pipeline with a value of a plugin, parameters, a metric, logs, and a step that can fail. */
const TRAINING = `import { parquetTable } from '@cairnml/plugin-arrow'
import { tableFromArrays } from 'apache-arrow'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const load = step({ name: 'load', output: parquetTable }).implement(() =>
  tableFromArrays({ id: Int32Array.of(1, 2, 3), score: Float64Array.of(0.5, 0.25, 1) }),
)
const train = step({
  name: 'train',
  params: z.object({ gamma: z.number(), label: z.string(), rate: z.number().default(1) }),
  inputs: { table: parquetTable },
  outputs: { model: z.object({ gamma: z.number() }), notes: z.string() },
}).implement(({ table, gamma, label, rate }, { log, metric }) => {
  if (gamma > 5) throw new Error('gamma is too large')
  metric('acc', 1 - gamma * rate)
  log.info('label ' + label)
  console.log('fitting ' + table.numRows + ' rows')
  return { model: { gamma }, notes: 'gamma ' + gamma + ', rate ' + rate }
})
const report = step({ name: 'report', inputs: { notes: z.string() }, output: z.string() }).implement(
  ({ notes }) => '# ' + notes,
)

export const training = pipeline({
  name: 'training',
  params: z.object({ gamma: z.number().default(0.1), label: z.string().default('none') }),
  build: ({ gamma, label }) => report({ notes: train({ gamma, label, table: load() }).notes }),
})
`

const MAIN = `import { training } from './training.ts'

const run = await training.run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`

const ASKING = `import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const ask = step({ name: 'ask', output: z.number(), secrets: ['TOKEN'], cache: false }).implement((_, { log, secrets }) => {
  log.info('the token is ' + secrets.TOKEN)
  return secrets.TOKEN.length
})
export const asking = pipeline({ name: 'asking', build: () => ask() })
`

/** Needs the loader: an enum, and an import without its ending. */
const ORDINARY = `import { pipeline, step } from 'cairnml'
import { z } from 'zod'
import { Size } from './size'

const measure = step({ name: 'measure', output: z.string() }).implement(() => Size.Large)
const run = await pipeline({ name: 'measuring', build: () => measure() }).run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`

/** What the stranger writes; `cairn init` gives the rest. */
export const SCRIPT_FILES: ProjectFiles = {
  'training.ts': TRAINING,
  'main.ts': MAIN,
  'asking.ts': ASKING,
  'ordinary.ts': ORDINARY,
  'size.ts': "export enum Size {\n  Large = 'large',\n}\n",
  'own-policy.ts': `import { cachePolicy, ContentCachePolicy, definePlugin } from 'cairnml/plugin'

export default definePlugin({
  name: 'own',
  components: [cachePolicy({ create: (_options, { name }) => new ContentCachePolicy(name, {}) })],
})
`,
  'nightly.yaml':
    'name: nightly_{{kind}}\ntags: [nightly]\nparams: { gamma: 0.3 }\nsteps: { train: { params: { rate: 2 } } }\n',
  'ci.env': 'TOKEN=hunter2-hunter2\n',
}
