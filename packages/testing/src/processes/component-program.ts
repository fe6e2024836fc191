import type { ComponentModule } from './component-reference.ts'
import type { ComponentReport, ComponentTask, ComponentWork } from './component-task.ts'
import { COMPONENT_TASKS } from './component-tasks.ts'

// A process that opens a component, waits for its start, and does one task. It ends with the process that started it.

const say = (report: ComponentReport): void => void process.send?.(report)
process.once('disconnect', () => process.exit())

// Messages may come faster than they are asked for.
const inbox: unknown[] = []
let wake = Promise.withResolvers<void>()
process.on('message', (message) => {
  inbox.push(message)
  wake.resolve()
})

/** The next thing that the test says. */
async function heard(): Promise<unknown> {
  while (inbox.length === 0) {
    wake = Promise.withResolvers()
    await wake.promise
  }
  return inbox.shift()
}

try {
  // Sound: `ComponentProcess` alone starts this program, and sends this first.
  const { module: url, data, task, self } = (await heard()) as ComponentWork
  // Sound: that is what a reference names; what is not there shows at the call.
  const module = (await import(url)) as ComponentModule<never>
  const component = await module.openComponent(data)
  say({ is: 'open' })
  await heard()
  const turn = async (): Promise<void> => void (await heard())
  const context: ComponentTask<never> = { component, self, turn, tell: (value) => say({ is: 'told', value }) }
  await COMPONENT_TASKS[task]?.(context)
  // Sound: only the presence of the method is assumed, and it is checked.
  await (component as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.()
  say({ is: 'done' })
} catch (error) {
  say({ is: 'failed', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
