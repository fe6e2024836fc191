import nodePath from 'node:path'

import { describeError, errorRecord, errorStacks, isCairnError } from '@cairnml/core'
import { startedBy } from '@cairnml/core/package-manager'

import { CREATE_HELP } from './create-help.ts'
import { createPlugin } from './create-plugin.ts'
import { createProject } from './create-project.ts'
import { creationOf, readCall, type CreateCall, type Creation } from './creation.ts'
import { pluginNextSteps, projectNextSteps } from './next-steps.ts'
import { ownVersion } from './pinned-manifest.ts'

/**
 * What `npm create cairnml` does.
 *
 * @returns the exit code: 0 done, 2 wrong call, or nothing could be created, 130 given up
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const call = readCall(argv)
    if (call.values.help === true) process.stdout.write(CREATE_HELP)
    else if (call.values.version === true) process.stdout.write(`${await ownVersion()}\n`)
    else return await create(call)
    return 0
  } catch (error) {
    const { code, message, hint } = errorRecord(error)
    if (argv.includes('--json')) {
      process.stdout.write(`${JSON.stringify({ format: 'cairn.error/1', error: { code, message, hint } })}\n`)
    }
    process.stderr.write(`${isCairnError(error) ? describeError(error) : `${code}: ${message}`}\n`)
    if (argv.includes('--debug')) process.stderr.write(`${errorStacks(error)}\n`)
    return 2
  }
}

async function create(call: CreateCall): Promise<number> {
  const creation = isAsked(call) ? await (await import('./ask-creation.ts')).askCreation() : creationOf(call)
  if (creation === undefined) return 130
  await perform(creation, call.values.json === true)
  return 0
}

async function perform(creation: Creation, json: boolean): Promise<void> {
  const { kind } = creation
  const created = kind === 'project' ? await createProject(creation) : await createPlugin(creation)
  const manager = startedBy() ?? 'npm'
  const next = kind === 'project' ? projectNextSteps(created, manager) : pluginNextSteps(created, manager)
  if (json) {
    process.stdout.write(`${JSON.stringify({ format: 'cairn.create/1', kind, ...created, next })}\n`)
    return
  }
  const where = nodePath.relative('', created.folder) || '.'
  const lines = [...created.files.map((file) => `  ${file}`), 'Next:', ...next.map((line) => `  ${line}`)]
  process.stdout.write(`Created ${kind} ${created.name} in ${where}:\n${lines.join('\n')}\n`)
}

/** Whoever says nothing at all, on a terminal, is asked. */
function isAsked({ values, positional }: CreateCall): boolean {
  const isOpen = positional === undefined && Object.keys(values).length === 0
  return isOpen && process.stdin.isTTY && process.stdout.isTTY
}
