import { cairnError, CairnError } from '@cairnml/core'
import type { CommandLine } from '@cairnml/core/package-manager'

import { hideCredentials } from './hide-credentials.ts'
import type { ManagerOutcome } from './run-package-manager.ts'

/** By what the reason of a failure is known, and what is said of it. */
interface KnownReason {
  readonly sign: RegExp
  readonly problem: string
  readonly remedy: string
}

const SIGNAL_CODES: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

/** The first that fits counts. */
const REASONS: readonly KnownReason[] = [
  {
    sign: /ERR_PNPM_IGNORED_BUILDS/,
    problem: 'a package has scripts that it runs only when they are allowed',
    remedy: 'Allow them by `pnpm approve-builds`, or remove the package.',
  },
  {
    sign: /\bE40[13]\b|\b401 Unauthorized|\b403 Forbidden|YN0041|ENEEDAUTH/,
    problem: 'the registry wants a login, or refuses the one that it got',
    remedy: 'Log in, or correct the token of that registry in .npmrc.',
  },
  {
    sign: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH|Connection refused|error sending request/,
    problem: 'the registry cannot be reached',
    remedy: 'Look at the network, at proxies, and at `registry` in .npmrc.',
  },
  {
    sign: /\bETARGET\b|NO_MATCHING_VERSION|No candidates found|Couldn't find any versions/,
    problem: 'the registry lacks a version that is asked for',
    remedy: 'What it printed says which one. Give another version, or none for the newest.',
  },
  {
    sign: /\b(?:EACCES|EPERM|EROFS)\b|Permission denied/,
    problem: 'it may not write where it has to',
    remedy: 'Look at who may write package.json, its lockfile and node_modules.',
  },
]

/** The error of a package manager that ended otherwise than well; what it printed goes to standard error. */
export function managerFailed(line: CommandLine, { ended, output }: ManagerOutcome): CairnError {
  const printed = hideCredentials(output)
  process.stderr.write(printed.endsWith('\n') || printed === '' ? printed : `${printed}\n`)
  const command = hideCredentials(line.join(' '))
  const how = typeof ended === 'number' ? `it ended with the exit code ${ended}` : `it was ended by ${ended}`
  if (typeof ended === 'string')
    return interrupted(cairnError('CAIRN_PACKAGE_MANAGER_FAILED', { command, problem: how }), ended)
  const reason = REASONS.find(({ sign }) => sign.test(output))
  const problem = reason === undefined ? how : `${reason.problem} (${how})`
  return cairnError('CAIRN_PACKAGE_MANAGER_FAILED', { command, problem, remedy: reason?.remedy })
}

/** Whoever stops a command learns that it was stopped. */
function interrupted({ code, message }: CairnError, signal: NodeJS.Signals): CairnError {
  const hint = 'It may have done its work in part: the same command again does the rest.'
  return new CairnError({ code, message, hint, exitCode: SIGNAL_CODES[signal] ?? 2 })
}
