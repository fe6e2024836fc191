/** The options that every command has which only reads. */
export const READ_OPTIONS = {
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** How runs are named, as help texts say it. */
export const RUN_NAMES = `A run is named by its name, the start of it, last (the default), last~1 or <pipeline>@last.`

/** How artifacts are named, as help texts say it. */
export const ARTIFACT_NAMES = `An artifact is named <run>/<step>/<output>, <run>/<step> where there is one output, <step> in the newest run, or by its
digest or the start of one (6 characters or more).`

/** How a command is told which stack is meant, as help texts list it. */
export const STACK_ROW = `  --stack NAME            The stack that is meant, by its name or file (default: the one that is used)`

/** The options of every reading command, as help texts list them. */
export const READ_HELP = `  --debug                 Print stacks with errors
  -h, --help              Print this help`
