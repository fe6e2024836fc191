import { ARTIFACT_NAMES, READ_HELP, STACK_ROW, RUN_NAMES } from '../../read/read-options.ts'

/** What `cairn artifact --help` prints. */
export const ARTIFACT_HELP: string = `Look at what steps have made.

Usage: cairn artifact <command> [options]

Commands:
  list [run]              List the artifacts of a run
  show <artifact>         Show one: type, size, files, facts, preview
  cat <artifact>          Print the value of one
  export <artifact> <to>  Copy the files of one to a path
  lineage <artifact>      Say what made it from what, or who used it
  push [run]              Copy results to the artifact store and cache index of another stack

Options:
  -h, --help              Print this help; after a command, the help of that command

${ARTIFACT_NAMES}
`

/** What `cairn artifact list --help` prints. */
export const ARTIFACT_LIST_HELP: string = `List the artifacts of a run, in the order of its steps.

Usage: cairn artifact list [run] [options]

${RUN_NAMES}

Options:
  --steps PATTERN         Only of steps whose ids fit: 'train*'
  --type TYPE             Only of this type: matrix, matrix@1
${STACK_ROW}
  --json                  Print JSON (cairn.artifact-list/1)
${READ_HELP}
`

/** What `cairn artifact show --help` prints. */
export const ARTIFACT_SHOW_HELP: string = `Show an artifact: its type, size, files, facts and preview.

Usage: cairn artifact show <artifact> [options]

${ARTIFACT_NAMES}

Options:
${STACK_ROW}
  --json                  Print JSON (cairn.artifact/1)
${READ_HELP}
`

/** What `cairn artifact cat --help` prints. */
export const ARTIFACT_CAT_HELP: string = `Print the value of an artifact: text as it is, JSON with line breaks, arrays as a summary.

Usage: cairn artifact cat <artifact> [options]

${ARTIFACT_NAMES}

Options:
  --raw                   Print the bytes of its file as they are
  --file PATH             The file to print, where there are several
${STACK_ROW}
  --json                  Print JSON (cairn.value/1)
${READ_HELP}

Examples:
  cairn artifact cat last/evaluate
  cairn artifact cat train/model --raw > model.bin
`

/** What `cairn artifact export --help` prints. */
export const ARTIFACT_EXPORT_HELP: string = `Copy the files of an artifact out of the artifact store, all of them or none.

Usage: cairn artifact export <artifact> <path> [options]

An artifact of one file becomes a file, any other a folder; into a folder that is there a file goes under its own name.
What is there already is left alone.

${ARTIFACT_NAMES}

Options:
  --force                 Replace what is there
${STACK_ROW}
  --json                  Print JSON (cairn.export/1)
${READ_HELP}
`

/** What `cairn artifact lineage --help` prints. */
export const ARTIFACT_LINEAGE_HELP: string = `Say what made an artifact and from what, or who used it.

Usage: cairn artifact lineage <artifact> [options]

${ARTIFACT_NAMES}

Options:
  --down                  Who used it, over all runs, and what came of that
  --limit N               At most this many step runs (default 500)
${STACK_ROW}
  --json                  Print JSON (cairn.lineage/1)
${READ_HELP}
`

/** What `cairn artifact push --help` prints. */
export const ARTIFACT_PUSH_HELP: string = `Copy results to the artifact store and cache index of another stack, so that runs on it reuse them.

Usage: cairn artifact push [run]... --to STACK [options]
       cairn artifact push <artifact>... --to STACK [options]
       cairn artifact push --all --to STACK [options]

Of a run everything is copied that it made or reused, with logs and reports; by default of the newest one of the stack.
An artifact stands for the result of the step that made it. What is there is not copied again, so that the same command
completes a push that was stopped. What is damaged is named and not copied; the exit code is 1 then.

${RUN_NAMES}
${ARTIFACT_NAMES}
What could be either is a run.

Options:
  --to STACK              The stack that is to have the results, by its name or file
  --all                   Every result that can be reused, with its log and the report of the run that made it
  --dry-run               Say what would be copied, and end
${STACK_ROW}
  --json                  Print JSON (cairn.push/1)
${READ_HELP}

Examples:
  cairn artifact push --to ci
  cairn artifact push --all --stack default --to ci
  cairn artifact push nightly-3 last/train/model --to ci --dry-run
`
