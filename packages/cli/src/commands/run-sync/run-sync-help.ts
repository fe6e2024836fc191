import { STACK_ROW } from '../../read/read-options.ts'

/** What `cairn run sync --help` prints. */
export const RUN_SYNC_HELP: string = `Record the runs of other machines that share the artifact store, and store the reports of runs made here.

Usage: cairn run sync [options]

At its end every run puts its report into the artifact store. This reads the reports of runs that are not recorded here,
and stores those that are missing there: of runs whose process was killed, or that could not reach the store. What is
recorded is never changed. A file that is called sync is run by cairn run ./sync.

Options:
${STACK_ROW}
  --json                  Print a line of JSON for each run (cairn.sync/1)
  --debug                 Print stacks with errors
  -h, --help              Print this help

Examples:
  cairn run sync
  cairn run sync && cairn run list
`
