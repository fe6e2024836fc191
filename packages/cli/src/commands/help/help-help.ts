/** What `cairn help --help` prints. */
export const HELP_HELP = `Print the help of a command, or what the code of an error means and what to do about it.

Usage: cairn help [topic]

The topic is a command, as in cairn help run list, or a code such as CAIRN_RUN_LOST. The pages on codes are part of the
installation: they fit its version, and no network is needed.

Options:
  --debug                 Print stacks with errors
  -h, --help              Print this help

Examples:
  cairn help cache prune
  cairn help CAIRN_RUN_LOST
`
