/** What `cairn init --help` prints. */
export const INIT_HELP = `Set a project up: cairn.yaml, a first pipeline, and what they need. Nothing that is there is overwritten.

Usage: cairn init [folder] [options]

Options:
  -y, --yes   Write without asking
  --dry-run   Say what would be written, and end
  --json      Print what is written as JSON
  --debug     Print stacks with errors
  -h, --help  Print this help
`
