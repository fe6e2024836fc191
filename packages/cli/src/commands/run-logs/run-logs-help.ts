import { READ_HELP, STACK_ROW, RUN_NAMES } from '../../read/read-options.ts'

/** What `cairn run logs --help` prints. */
export const RUN_LOGS_HELP: string = `Print what the steps of a run printed and logged.

Usage: cairn run logs [run] [step] [options]

${RUN_NAMES} A step is named by its
invocation id. A name alone that is that of a step of the newest run, and not the whole name of a run, means that step.
Of a reused step it is the log of the step run that made its result.

Options:
  -f, --follow            Go on until the run has ended, also one of another process, and say how it ended
  --step STEP             Only this step; followed, it may not have begun
  --attempt N             Only this attempt
  --stream STREAM         Only stdout, stderr or log
  --timestamps            Print the time of each line before it
${STACK_ROW}
  --json                  Print a line of JSON for each line (cairn.log-line/1); followed, another one at the end
${READ_HELP}

Examples:
  cairn run logs
  cairn run logs --follow --step train
  cairn run logs nightly@last train --timestamps
`
