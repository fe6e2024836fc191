import { existsSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { addCommand, installCommand, packageManagerOf, runCommand } from '@cairnml/core/package-manager'
import { installedPackage } from '@cairnml/core/packages'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { confirm } from '../../output/confirm.ts'
import { INIT_HELP } from './init-help.ts'
import { manifestOf } from './manifest-of.ts'
import { plannedFiles, type PlannedFile } from './planned-files.ts'
import { standardOutput } from '../../output/standard-output.ts'
import { writePlanned } from './write-planned.ts'

const OPTIONS = {
  yes: { type: 'boolean', short: 'y' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn init`: writes what a project lacks, and nothing over what it has. */
export const initCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, OPTIONS)
  if (values.help === true) {
    standardOutput().write(INIT_HELP)
    return 0
  }
  const [given = '.', extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn init\` takes one folder; "${extra}" is too much.`)
  const folder = nodePath.resolve(given)
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw usageError(`${given} is a file, not a folder.`)
  const files = await plannedFiles(folder, environment.version)
  const isDry = values['dry-run'] === true
  const isJson = values.json === true
  if (!isJson) standardOutput().write(intention(given, files))
  if (files.length > 0 && !isDry) {
    const question = `Write ${files.length === 1 ? 'it' : 'them'}?`
    const isWanted = await confirm(question, { yes: values.yes === true, json: isJson })
    if (!isWanted) return 0
    writePlanned(folder, files)
  }
  const next = await nextCommands(given, folder)
  if (isJson) printJson({ files, isDry, next })
  else if (!isDry) standardOutput().write(`Next:\n${next.map((line) => `  ${line}\n`).join('')}`)
  return 0
}

function intention(given: string, files: readonly PlannedFile[]): string {
  if (files.length === 0) return `${given} has all that it needs: nothing is written.\n`
  const width = Math.max(...files.map(({ path }) => path.length))
  const lines = files.map(({ path, purpose, action }) => {
    return `  ${action === 'add' ? 'add to' : 'write '} ${path.padEnd(width)}  ${purpose}\n`
  })
  return `In ${given}, where nothing is overwritten:\n${lines.join('')}`
}

/** What remains to be done by hand. */
async function nextCommands(given: string, folder: string): Promise<readonly string[]> {
  const manager = await packageManagerOf(folder)
  const missing = ['cairnml', 'zod'].filter((name) => !isInstalled(name, folder))
  const unlisted = missing.filter((name) => !isListed(name, folder))
  const install = unlisted.length === 0 ? installCommand(manager) : addCommand(manager, unlisted)
  return [
    ...(given === '.' ? [] : [`cd ${given}`]),
    ...(missing.length === 0 ? [] : [install.join(' ')]),
    runCommand(manager, 'cairn run hello'),
  ]
}

function isInstalled(name: string, folder: string): boolean {
  try {
    return installedPackage(name, folder) !== undefined
  } catch {
    return false
  }
}

function isListed(name: string, folder: string): boolean {
  const { dependencies, devDependencies } = manifestOf(folder) ?? {}
  return [dependencies, devDependencies].some((listed) => isRecord(listed) && Object.hasOwn(listed, name))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function printJson(of: {
  readonly files: readonly PlannedFile[]
  readonly isDry: boolean
  readonly next: readonly string[]
}): void {
  const files = of.files.map(({ path, action }) => ({ path, action }))
  standardOutput().write(`${JSON.stringify({ format: 'cairn.init/1', files, written: !of.isDry, next: of.next })}\n`)
}
