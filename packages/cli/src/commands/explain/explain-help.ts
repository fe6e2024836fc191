import { STACK_ROW } from '../../read/read-options.ts'

/** What `cairn explain --help` prints. */
export const EXPLAIN_HELP: string = `Say why the steps of a run were reused or ran.

Usage: cairn explain [run] [step] [options]

A run is named by its name, the start of it, last (the default), last~1 or <pipeline>@last. A step is named by its
invocation id. A name alone that is that of a step of the newest run, and not the whole name of a run, means that step.

Options:
  --against RUN           Compare the step with the same one of another run
  --from FILE             Read a report that \`cairn run --report\` has written, in place of the project
${STACK_ROW}
  --json                  Print JSON (cairn.explanation/1)
  --debug                 Print stacks with errors
  -h, --help              Print this help

Examples:
  cairn explain
  cairn explain last train
  cairn explain training@last train --against last~3
`
