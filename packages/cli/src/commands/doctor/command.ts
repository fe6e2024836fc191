import { readFileSync } from 'node:fs'

import type { ProcessIdentity } from '@cairnml/core'
import { projectDirs } from '@cairnml/core/stack'
import { livingHolder, packagesLockFile } from '@cairnml/core/package-manager'
import { stackLockFile } from '@cairnml/core/stack-files'

import type { Command, CommandEnvironment } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { plainLines } from '../../output/plain-text.ts'
import { StackSession, shownPath } from '../stack/stack-session.ts'
import { DOCTOR_HELP } from './doctor-help.ts'
import { finding, type Finding } from './finding.ts'
import { stackFindings } from './stack-findings.ts'
import { standardOutput } from '../../output/standard-output.ts'

const OPTIONS = {
  stack: { type: 'string' },
  'allow-code': { type: 'boolean' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn doctor`: whether Cairn can work here. */
export const doctorCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, OPTIONS)
  if (values.help === true) {
    standardOutput().write(DOCTOR_HELP)
    return 0
  }
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn doctor\` takes no "${extra}".`)
  const look = { stack: values.stack, allowCode: values['allow-code'] === true }
  const findings = await findingsOf(environment, look)
  const healthy = findings.every(({ state }) => state !== 'bad')
  if (values.json === true)
    standardOutput().write(`${JSON.stringify({ format: 'cairn.doctor/1', healthy, findings })}\n`)
  else standardOutput().write(plainLines(findings.map(findingText).join('')))
  return healthy ? 0 : 2
}

async function findingsOf(
  environment: CommandEnvironment,
  look: Parameters<typeof stackFindings>[1],
): Promise<readonly Finding[]> {
  const node: Finding = { about: 'node', state: 'ok', text: `${process.versions.node} (${process.execPath})` }
  let session: StackSession | undefined
  const project = await finding('project', async () => {
    session = await StackSession.open(environment)
    const { configFile } = session.project.dirs
    return `${session.projectDir}, ${configFile === undefined ? 'without cairn.yaml' : shownPath(configFile)}, state in ${session.cairnDir}`
  })
  const cairn: Finding = { about: 'cairn', state: 'ok', text: environment.version }
  const stack = session === undefined ? [] : await stackFindings(session, look)
  return [cairn, node, project, ...stack, lockFinding()]
}

/** Who changes stacks or packages at this moment, or died while doing so. */
function lockFinding(): Finding {
  const { cairnDir } = projectDirs()
  const held = [...holderText(stackLockFile(cairnDir), 'stacks'), ...holderText(packagesLockFile(cairnDir), 'packages')]
  return { about: 'locks', state: 'ok', text: held.join('; ') || 'none is held' }
}

function holderText(lock: string, what: string): readonly string[] {
  try {
    // Sound: only Cairn writes this file; anything else is as good as nobody's.
    const holder = JSON.parse(readFileSync(lock, 'utf8')) as ProcessIdentity
    const living = livingHolder(lock)
    if (living !== undefined) return [`${what} are being changed by process ${living.pid} on ${living.host}`]
    return [`process ${holder.pid} on ${holder.host} died while it changed ${what}; the next change takes over`]
  } catch {
    return []
  }
}

function findingText({ about, state, text, hint }: Finding): string {
  const remedy = state === 'bad' && hint !== undefined ? `${' '.repeat(27)}${hint}\n` : ''
  return `${state.padEnd(9)}  ${about.padEnd(14)}  ${text}\n${remedy}`
}
