import { addCommand, packageManagerOf, removeCommand, type CommandLine } from '@cairnml/core/package-manager'
import { componentOptionSchema } from '@cairnml/core/stack-files'
import { cairnError, CairnError, isCairnError } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { optionLines } from '../component/option-lines.ts'
import { stackCommand } from '../stack/stack-command.ts'
import { dependenciesOf } from './dependencies-of.ts'
import { pluginFacts, type PluginFacts } from './plugin-facts.ts'
import { PLUGIN_HELP } from './plugin-help.ts'
import { packageSpecifiers } from './plugin-specifier.ts'
import { managerFailed, runPackageManager, type ManagerOutcome } from './run-package-manager.ts'
import { stackLine } from './stack-line.ts'

/** What the package managers say of a package that nobody has published. */
const NOT_FOUND = /E404|ERR_PNPM_FETCH_404|404 Not Found|Couldn't find package|Package not found|failed to resolve/i

/** `cairn plugin add`: installs plugins and shows what they supply. */
export const addPluginCommand: Command = stackCommand({
  name: 'plugin add',
  options: { dev: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  takes: ['<name>...'],
  help: PLUGIN_HELP,
  run: async ({ session, values, names }) => {
    const manager = await packageManagerOf(session.projectDir)
    const plans = names.map((name) =>
      packageSpecifiers(name).map((specifier) => addCommand(manager, [specifier], { dev: values.dev })),
    )
    if (values['dry-run'] === true) return planned(plans)
    const added: PluginFacts[] = []
    for (const plan of plans) {
      const name = await install(plan, session.projectDir)
      const facts = await pluginFacts(name, session)
      if (facts.problem !== undefined) throw unusable(facts, removeCommand(manager, [name]).join(' '))
      added.push(facts)
    }
    const shown = await Promise.all(added.map((facts) => described(facts)))
    return {
      text: shown.map(({ text }) => text).join(''),
      json: { format: 'cairn.plugin-add/1', plugins: shown.map(({ json }) => json) },
    }
  },
})

function planned(plans: readonly (readonly CommandLine[])[]): { readonly text: string; readonly json: object } {
  const commands = plans.map((plan) => plan.map((line) => line.join(' ')))
  return {
    text: commands.map((plan) => `${plan.join('\n  or, if there is no such package: ')}\n`).join(''),
    json: { format: 'cairn.plugin-plan/1', commands },
  }
}

/** What is installed stays so, for it may be what somebody wants to correct. */
function unusable({ name, problem = '', fault }: PluginFacts, remove: string): Error {
  const stays = `It is installed: ${remove} removes it.`
  if (!isCairnError(fault)) return cairnError('CAIRN_PLUGIN_INVALID', { plugin: name, problem })
  const hint = fault.hint === undefined ? stays : `${fault.hint}${fault.hint.endsWith('.') ? '' : '.'} ${stays}`
  return new CairnError({ code: fault.code, message: fault.message, hint, cause: fault })
}

/** Installs the first of several packages that exists, and gives its name. */
async function install(plan: readonly CommandLine[], projectDir: string): Promise<string> {
  const before = dependenciesOf(projectDir)
  let failed: { readonly line: CommandLine; readonly outcome: ManagerOutcome } | undefined
  for (const line of plan) {
    const outcome = await runPackageManager(line, projectDir)
    if (outcome.ended === 0) return addedName(line.at(-1) ?? '', before, dependenciesOf(projectDir))
    failed ??= { line, outcome }
    if (!NOT_FOUND.test(outcome.output)) throw managerFailed(line, outcome)
  }
  if (failed === undefined) throw new Error('There was nothing to install.')
  throw managerFailed(failed.line, failed.outcome)
}

/** A tarball or a folder does not say what it holds: the manifest does, where it changed. */
function addedName(
  specifier: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string {
  const changed = Object.keys(after).find((name) => after[name] !== before[name])
  if (changed !== undefined) return changed
  const file = specifier.split(/[\\/]/).at(-1) ?? specifier
  const same = Object.keys(after).find((name) => after[name]?.endsWith(file) === true)
  return same ?? specifier.replace(/(?<=.)@.*$/, '')
}

async function described(facts: PluginFacts): Promise<{ readonly text: string; readonly json: object }> {
  const { name, version, components } = facts
  const parts = await Promise.all(
    components.map(async (component) => {
      const { port, type, use, definition } = component
      const options = await componentOptionSchema(component)
      const line = stackLine(port, use)
      const lines = optionLines(options, definition.options !== undefined)
      return { text: `${port} ${type}\n${lines}  In a stack: ${line}\n`, json: { port, type, use, options, line } }
    }),
  )
  return {
    text: `Added ${name} ${version ?? ''}\n${parts.map(({ text }) => text).join('')}`,
    json: { name, version, components: parts.map(({ json }) => json) },
  }
}
