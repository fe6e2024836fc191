import { RUN_NAMES, STACK_ROW } from '../../read/read-options.ts'

/** What `cairn run rm --help` prints. */
export const RUN_RM_HELP: string = `Remove runs that have ended: their records and logs, and no result that can be reused.

Usage: cairn run rm <run>... [options]
       cairn run rm --older-than DURATION | --keep-last N [options]

${RUN_NAMES}
What other runs reuse stays, with the log of the step that made it; they then name the run as removed. Content that no
result needs any more goes with \`cairn cache prune\`. A file that is called rm is run by cairn run ./rm.

Options:
  --older-than DURATION   Remove the runs that started longer ago than this: 12h, 30d, 8w
  --keep-last N           Keep the newest N of each pipeline, whatever --older-than says; alone, remove the rest
  --dry-run               Say what would be removed, and end
  -y, --yes               Do not ask
${STACK_ROW}
  --json                  Print the result as JSON (cairn.run-removal/1); needs --yes or --dry-run
  --debug                 Print stacks with errors
  -h, --help              Print this help

Examples:
  cairn run rm nightly-3
  cairn run rm --older-than 30d --keep-last 10 --dry-run
`
