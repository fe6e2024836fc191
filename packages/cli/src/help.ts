/** What `cairn --help` prints. */
export const HELP = `Typed, cached pipelines for machine-learning and data work.

Usage: cairn <command> [options]

Commands:
  init [folder]           Set a project up: cairn.yaml and a first pipeline
  run <file> [pipeline]   Run a pipeline of a TypeScript or JavaScript file
  run list | show | compare | logs | sync | rm
                          Find past runs, show one, compare several, print what their steps printed; those of others;
                          remove some
  sweep <file>            Run a pipeline once for each combination of values
  explain [run] [step]    Say why steps were reused or ran
  pipeline <command>      List the pipelines that have been run, and their versions
  artifact <command>      List, print and export what steps have made, and say where it comes from
  cache <command>         List, measure, remove and accept results that are kept
  stack <command>         List, check, change and choose stacks
  orchestrator <command>  List and describe the orchestrators that installed plugins supply
  artifact-store <command>
                          The same for artifact stores
  metadata-store <command>
                          The same for metadata stores
  cache-policy <command>
                          The same for cache policies
  cache-index <command>
                          The same for cache indexes
  provenance <command>    The same for what finds out the state of the code
  plugin <command>        List, add, remove, create and check plugins
  doctor                  Look whether Cairn can work here: Node, plugins, stack, stores, locks
  help [topic]            Print the help of a command, or the page on a code: cairn help CAIRN_RUN_LOST
  completion <shell>      Print a script that completes what is typed, for bash, zsh or fish
  version                 Print the versions of Cairn, Node and the platform

Options:
  -h, --help              Print this help; after a command, the help of that command
  --version               Print the version of Cairn

Exit codes: 0 completed, 1 a step failed, 2 wrong call or configuration, 130 or 143 interrupted.
`

/** What `cairn run --help` prints. */
export const RUN_HELP = `Run a pipeline of a TypeScript or JavaScript file.

Usage: cairn run <file> [pipeline] [options]
       cairn run <pipeline> [options]         (found in the files that cairn.yaml names)
       cairn run list | show | compare | logs | sync | rm [options]      (a file of that name is ./list)

A file that itself calls .run() is run once: the options below win over those in the file. Otherwise the exported
pipeline is run; where there are several, name one.

Options:
  -p, --param NAME=VALUE        Set a pipeline parameter; the value is read as JSON, else as text (repeatable)
  --param-text NAME=VALUE       The same; the value is always text (repeatable)
  --step-param STEP.NAME=VALUE  The same for a step, by name or invocation id (repeatable)
  --config FILE                 A run configuration, YAML or JSON; options given here win over it
  --env-file FILE               Set variables of a file that are not set already; later files win (repeatable)
  --stack NAME                  The stack to run on, by its name or file
  --name NAME                   Name of the run; {{date}}, {{time}} and {{pipeline}} are filled in
  --substitution NAME=TEXT      Fill {{NAME}} in, too (repeatable)
  --cache MODE                  on, read (keep nothing new), write (run everything, keep it) or off
  --no-cache                    The same as --cache off
  --force                       The same as --cache write
  --refresh STEP                Run this step although a result is there (repeatable)
  --tag TAG                     Tag the run, in place of tags of its code and configuration (repeatable)
  --failure-mode MODE           fail-fast, stop-on-failure or continue-on-failure
  --progress MODE               auto (live on a terminal, unless CI is set), live or plain
  --no-live                     The same as --progress plain
  --plan                        Say what would run and what would be reused, and end
  --report FILE                 Write all that is recorded of the run to a file, for --from of reading commands
  --json                        Print the result as JSON on standard output, everything else on standard error
  --debug                       Print stacks with errors
  -h, --help                    Print this help

Dots in the NAME of a parameter reach into objects: --param style.loud=true.

Examples:
  cairn run pipeline.ts
  cairn run pipeline.ts training --param gamma=0.01 --name 'nightly_{{date}}_{{time}}'
  cairn run training --config configs/nightly.yaml --step-param train.gamma=0.1
  cairn run pipeline.ts --plan
`
