import { STACK_ROW } from '../../read/read-options.ts'

/** What `cairn run show --help` prints. */
export const RUN_SHOW_HELP: string = `Show a past run and its steps.

Usage: cairn run show [run] [options]

A run is named by its name, the start of it, last (the default), last~1 or <pipeline>@last. A file that is called show
is run by cairn run ./show.

Options:
  --from FILE             Read a report that \`cairn run --report\` has written, in place of the project
${STACK_ROW}
  --json                  Print JSON (cairn.run/1)
  --debug                 Print stacks with errors
  -h, --help              Print this help

Examples:
  cairn run show
  cairn run show training@last --json
`
