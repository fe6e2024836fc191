import { json, pipeline, step } from 'cairnml'

const start = step({ name: 'start', output: json<number>() }).implement(() => 1)

const add = step({ name: 'add', inputs: { x: json<number>() }, output: json<number>() }).implement(({ x }) => x + 1)

const LENGTH = Number(process.argv[2] ?? 10)

const plainProcess = pipeline({
  name: 'plain_process',
  build: () => {
    let x = start()
    for (let link = 1; link < LENGTH; link++) x = add({ x })
    return x
  },
})

const run = await plainProcess.run()
if ((await run.result.load()) !== LENGTH) process.exitCode = 1
