import { pipeline, step } from 'cairnml'
import { z } from 'zod'

// What it gives depends on something that its code and parameters do not tell.
const importDataFromApi = step({
  name: 'import_data_from_api',
  output: z.array(z.number()),
  cache: false,
}).implement(() => [process.uptime() > 0 ? 3 : 0, 1, 2])

const total = step({ name: 'total', inputs: { values: z.array(z.number()) }, output: z.number() }).implement(
  ({ values }) => values.reduce((sum, value) => sum + value, 0),
)

const imports = pipeline({ name: 'imports', build: () => total({ values: importDataFromApi() }) })

// The import runs each time. It gives the same bytes, so what lies below it is reused.
await imports.run()
const { result } = await imports.run()
console.log(`total ${await result.load()}`)
