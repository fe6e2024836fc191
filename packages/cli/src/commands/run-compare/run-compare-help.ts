import { READ_HELP, STACK_ROW, RUN_NAMES } from '../../read/read-options.ts'

/** What `cairn run compare --help` prints. */
export const RUN_COMPARE_HELP: string = `Compare runs, or steps of one run: their parameters against their metrics.

Usage: cairn run compare [run] [run]... [options]
       cairn run compare [run] --steps PATTERN [options]

${RUN_NAMES}
Without runs the last two are compared, one run is compared with the last one. Rows that differ are marked with *.

Options:
  --steps PATTERN         Compare the steps of one run whose ids fit: 'train*'
  --differing             Only what differs
  --sort FIELD            In the order of a row, the largest first: metrics.acc
  --csv                   Print CSV, a line for each run or step, with all digits
  --from FILE             Read a report that \`cairn run --report\` has written, in place of the project
${STACK_ROW}
  --json                  Print JSON (cairn.comparison/1)
${READ_HELP}

Examples:
  cairn run compare
  cairn run compare nightly@last nightly@last~1 --differing
  cairn run compare last --steps 'train*' --sort metrics.acc
`
