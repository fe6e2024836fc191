import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const start = step({ name: 'start', params: z.object({ at: z.number().default(1) }), output: z.number() }).implement(
  ({ at }) => at,
)

const add = step({
  name: 'add',
  params: z.object({ by: z.number().default(1) }),
  inputs: { x: z.number() },
  output: z.number(),
}).implement(({ by, x }) => x + by)

const LENGTH = Number(process.argv[2] ?? 10)

const schemaProcess = pipeline({
  name: 'schema_process',
  build: () => {
    let x = start()
    for (let link = 1; link < LENGTH; link++) x = add({ x })
    return x
  },
})

const run = await schemaProcess.run()
if ((await run.result.load()) !== LENGTH) process.exitCode = 1
