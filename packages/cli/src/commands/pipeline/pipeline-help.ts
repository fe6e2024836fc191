import { READ_HELP, STACK_ROW } from '../../read/read-options.ts'

/** What `cairn pipeline --help` prints. */
export const PIPELINE_HELP: string = `Look at the pipelines that have been run.

Usage: cairn pipeline <command> [options]

Commands:
  list                    List them, with their versions and newest runs
  show <pipeline>         Show one: its versions and newest runs
  versions <pipeline>     List the versions of one: the structures that were seen

Options:
  -h, --help              Print this help; after a command, the help of that command
`

/** What `cairn pipeline list --help` prints. */
export const PIPELINE_LIST_HELP: string = `List the pipelines that have been run, by name.

Usage: cairn pipeline list [options]

Options:
${STACK_ROW}
  --json                  Print JSON (cairn.pipeline-list/1)
${READ_HELP}
`

/** What `cairn pipeline show --help` prints. */
export const PIPELINE_SHOW_HELP: string = `Show a pipeline: its versions, its newest runs, and what they measured.

Usage: cairn pipeline show <pipeline> [options]

Options:
  --limit N               At most this many runs (default 10)
${STACK_ROW}
  --json                  Print JSON (cairn.pipeline/1)
${READ_HELP}
`

/** What `cairn pipeline versions --help` prints. */
export const PIPELINE_VERSIONS_HELP: string = `List the versions of a pipeline: each is a structure of steps and edges that was seen.

Usage: cairn pipeline versions <pipeline> [options]

Options:
${STACK_ROW}
  --json                  Print JSON (cairn.pipeline-versions/1)
${READ_HELP}
`
