/** What `cairn stack --help` prints. */
export const STACK_HELP = `Look at the stacks of a project, change them, and choose one.

Usage: cairn stack <command> [options]

Commands:
  list                     List the stacks of the project
  get                      Say which stack is used, and why
  set <stack>              Check a stack, by its name or file, then use it on this machine from now on
  describe [stack]         Show the components of a stack, where they are written, and what settings they take
  validate [stack]         Check a stack, by its name or file: plugins, options, names of secrets
  register <name>          Write the file of a new stack
  update <stack>           Replace components of a stack
  remove-component <stack> <component>...
                           Remove components: those of the file it extends, or of the default, are used then
  rename <stack> <name>    Rename a stack, also where other files extend it
  copy <stack> <name>      Copy a stack
  delete <stack>           Delete the file of a stack
  export <stack> [path]    Write a stack, with what it extends, as one file or to standard output
  import <path>            Copy a stack file, with what it extends, into the project

Options:
  --orchestrator USE       register, update: a plugin and its options, like 'local concurrency=4'
  --artifact-store USE     The same: 's3 bucket=acme-ml token.file=token.txt'
  --metadata-store USE     The same
  --cache-policy USE       The same: 'content expires=30d'
  --provenance USE         The same: git, which no stack has that does not name it
  --extends FILE           register, update: the stack file whose components are used where this one names none
  --set                    register, update, import: use it on this machine from now on
  --stack NAME             get: what a command given --stack NAME (a name or a file) would use
  --allow-code             describe, validate, set, register, update: load components that are files of the project, too
  --check                  validate, set: create the components, and let them talk to their services
  --name NAME              import: the name of the stack, where it is not that of the file
  --force                  export: replace a file that is there
  -y, --yes                delete: do not ask
  --json                   Print the result as JSON
  --debug                  Print stacks with errors
  -h, --help               Print this help

A stack is the file stacks/<name>.yaml beside cairn.yaml. The first of these says which one is used: --stack or the
configuration of a run, CAIRN_STACK, \`cairn stack set\`, \`stack\` in cairn.yaml, the built-in stack default.
`
