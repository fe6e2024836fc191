/** What `cairn doctor --help` prints. */
export const DOCTOR_HELP = `Look whether Cairn can work here: Node, project, plugins, stack, stores, locks.

Usage: cairn doctor [options]

Options:
  --stack NAME            Look at this stack in place of the one that is used
  --allow-code            Load components that are files of the project, too
  --json                  Print the findings as JSON
  --debug                 Print stacks with errors
  -h, --help              Print this help

Nothing is recorded; stores are opened as a run opens them. The exit code is 2 if something is not as it has to be.
`
