import { ROOT } from './repository/repository.ts'
import { runCommand } from './repository/run-command.ts'
import { scaffoldPlugin } from './scaffold/scaffold-plugin.ts'

const [kind, name] = process.argv.slice(2)

if (kind !== 'plugin' || name === undefined) {
  console.error('Usage: pnpm new plugin <name>')
  process.exitCode = 2
} else {
  process.exitCode = await createPlugin(name)
}

/** Scaffolds a plugin and links it into the workspace; gives the exit code. */
async function createPlugin(plugin: string): Promise<number> {
  try {
    const path = await scaffoldPlugin(ROOT, plugin)
    const { passed, output } = await runCommand(['pnpm', 'install', '--no-frozen-lockfile'])
    console.log(passed ? `Created ${path}. Try it: pnpm test --filter=./${path}` : output)
    return passed ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}
