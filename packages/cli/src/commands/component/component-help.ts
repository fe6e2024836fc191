/** What `cairn artifact-store --help` and the like print. */
export function componentHelp(command: string): string {
  return `Show the components that installed plugins supply for the ${command.replace('-', ' ')} of a stack.

Usage: cairn ${command} list
       cairn ${command} describe <use>

Commands:
  list                    List what a stack can use there
  describe <use>          Show what one takes and can do, as a stack writes it: local, s3, ./my-store.ts

Options:
  --allow-code            describe: load a component that is a file of the project
  --json                  Print the result as JSON
  --debug                 Print stacks with errors
  -h, --help              Print this help

Plugins are those that the package.json of the project names, and those that come with Cairn. list loads all of them, describe
the one that is meant. What a component takes are the options in a stack and, of an orchestrator or a cache policy, the
settings of a step.
`
}
