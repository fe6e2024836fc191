import { STACK_ROW } from '../../read/read-options.ts'

/** What `cairn doctor --help` prints. */
export const DOCTOR_HELP: string = `Look whether Cairn can work here: Node, project, plugins, stack, stores, locks.

Usage: cairn doctor [options]

Options:
${STACK_ROW}
  --allow-code            Load components that are files of the project, too
  --json                  Print the findings as JSON
  --debug                 Print stacks with errors
  -h, --help              Print this help

Components are asked whether they can work, all at once. Nothing is recorded or made. The exit code is 2 if something is
not as it has to be.
`
