import { firstPipeline } from './pipeline.ts'

interface Outcome {
  readonly accuracy: number
  readonly ran: readonly string[]
  readonly reused: readonly string[]
}

async function runOnce(): Promise<Outcome> {
  const run = await firstPipeline.run()
  const steps = Object.values(run.steps)
  const ids = (cached: boolean): string[] =>
    steps.filter(({ status }) => (status === 'cached') === cached).map(({ id }) => id)
  return { accuracy: await run.result.accuracy.load(), ran: ids(false), reused: ids(true) }
}

function print(title: string, { accuracy, ran, reused }: Outcome): void {
  const names = (ids: readonly string[]): string => ids.join(', ') || 'nothing'
  console.log(`${title}: accuracy ${accuracy.toFixed(4)}, ran ${names(ran)}, reused ${names(reused)}`)
}

const first = await runOnce()
const second = await runOnce()

console.log()
print('First run', first)
print('Second run', second)
if (first.ran.length === 0) {
  const folder = process.env['CAIRN_DIR'] ?? '.cairn'
  console.log(`An earlier run left every result in ${folder}. Remove that folder to start anew.`)
}
