import { countFlag, durationFlag } from './parse-quantity.ts'

/** The options of commands that remove something. */
export const REMOVAL_OPTIONS = {
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The options of commands that remove what is old. */
export const AGE_OPTIONS = { 'older-than': { type: 'string' }, 'keep-last': { type: 'string' } } as const

/** How something is removed. */
export interface RemovalFlags {
  /** Nothing is removed, only shown. */
  readonly dryRun: boolean
  /** Nobody is asked. */
  readonly yes: boolean
  readonly json: boolean
}

/** What is old. */
export interface AgeRules {
  readonly olderThanMs: number | undefined
  /** How many of the newest stay however old they are. */
  readonly keepLast: number | undefined
}

/** How the options say that something is removed. */
export function removalFlags(values: {
  readonly 'dry-run'?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}): RemovalFlags {
  return { dryRun: values['dry-run'] === true, yes: values.yes === true, json: values.json === true }
}

/** What the options say is old. @throws CAIRN_COMMAND_USAGE */
export function ageRules(values: { readonly 'older-than'?: string; readonly 'keep-last'?: string }): AgeRules {
  return {
    olderThanMs: durationFlag('--older-than', values['older-than']),
    keepLast: countFlag('--keep-last', values['keep-last'], 0),
  }
}
