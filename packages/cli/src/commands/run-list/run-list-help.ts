import { READ_HELP, STACK_ROW } from '../../read/read-options.ts'

/** What `cairn run list --help` prints. */
export const RUN_LIST_HELP: string = `List the runs of the project, the newest first.

Usage: cairn run list [options]

Options:
  --pipeline PIPELINE     Runs of this pipeline; of one version with <pipeline>@2
  --status STATUS         Runs that ended so: completed, cached, failed, cancelled, or that are running
  --tag TAG               Runs with this tag; repeated, with all of them (repeatable)
  --name START            Runs whose names start so
  --since TIME            Started then or later: a date, or how long ago, like 7d
  --until TIME            Started then or earlier
  --where CONDITION       A condition, such as 'metrics.acc > 0.9 and params.gamma <= 0.01'
  --sort FIELD            In the order of a field, the largest first (default started)
  --reverse               The smallest first
  --columns FIELDS        What is shown, with commas between: name,status,params.gamma,metrics.*
  --limit N               At most this many (default 50)
  --page N                The page of this number, from 1
  --cursor CURSOR         The page after the one that gave this cursor
  --csv                   Print CSV, with all digits
  --from FILE             Read a report that \`cairn run --report\` has written, in place of the project
${STACK_ROW}
  --json                  Print JSON (cairn.run-list/1)
${READ_HELP}

Fields are name, pipeline, version, status, tag, started, duration (in seconds), params.<name> and metrics.<name>.
A condition has comparisons (= != < <= > >= ^=, the last for the start of a text) joined by and, or and parentheses.
Sorted by a parameter or metric, only runs that have it are listed.

Examples:
  cairn run list --where 'metrics.acc > 0.9' --sort metrics.acc --columns 'name,params.*,metrics.acc'
  cairn run list --pipeline training --status failed --since 7d
  cairn run list --csv --columns 'name,started,metrics.*' > runs.csv
`
