import { STACK_ROW } from '../../read/read-options.ts'

/** What `cairn cache --help` prints. */
export const CACHE_HELP: string = `Look at the results that are kept, and let some of them go.

Usage: cairn cache <command> [options]

Commands:
  ls                      List what is kept: size, time saved, last use, producer
  stats                   Sizes, and what reuse saved in the last runs
  rm <what>...            Remove entries by step, start of their key, or id
  prune                   Remove what is old, too much, or not among the newest
  verify <file>           Execute a sample of them again and compare the bytes
  accept <file> <step>    Go on with the earlier result of a step after a harmless edit

Options:
  -h, --help              Print this help; after a command, the help of that command

Nothing is removed without a question on a terminal, or --yes.
`

/** What `cairn cache ls --help` prints. */
export const LIST_HELP: string = `List what the cache keeps.

Usage: cairn cache ls [options]

Options:
  --step STEP             Only results of this step
  --sort ORDER            used (last used first), size (largest first), age (oldest first) or saved (saves most first)
  --limit N               At most this many (default 100 in the table, all of them in JSON)
${STACK_ROW}
  --json                  Print them as JSON
  --debug                 Print stacks with errors
  -h, --help              Print this help

SIZE is all that a result consists of, SHARED what of it belongs to other results, too. SAVES is what each reuse saves.
A result without KEY belongs to a step that is not cached; it is kept for the run that made it.
`

/** What `cairn cache stats --help` prints. */
export const STATS_HELP: string = `Say what the cache holds and what it was good for.

Usage: cairn cache stats [options]

Options:
  --runs N                How many of the last runs to look at (default 50)
${STACK_ROW}
  --json                  Print the figures as JSON
  --debug                 Print stacks with errors
  -h, --help              Print this help
`

/** What `cairn cache rm --help` prints. */
export const REMOVE_HELP: string = `Remove entries from the cache.

Usage: cairn cache rm <what>... [options]

Each <what> is the name of a step, the start of a key (four characters or more) or the id of an entry.

Options:
  --dry-run               Say what would be removed, and end
  -y, --yes               Do not ask
${STACK_ROW}
  --json                  Print the result as JSON; needs --yes or --dry-run
  --debug                 Print stacks with errors
  -h, --help              Print this help

Past runs stay listed, but removed outputs of theirs can no longer be loaded. The next run makes again what it needs.
`

/** What `cairn cache prune --help` prints. */
export const PRUNE_HELP: string = `Remove from the cache what is old, too much, or not among the newest.

Usage: cairn cache prune [options]

Options:
  --older-than DURATION   Remove what was not used for longer than this: 12h, 30d, 8w
  --keep-last N           Keep the newest N of each step, whatever the other options say; alone, remove the rest
  --max-size SIZE         Remove the least recently used until the rest fits: 500MB, 5GB, 2GiB
  --dry-run               Say what would be removed, and end
  -y, --yes               Do not ask
${STACK_ROW}
  --json                  Print the result as JSON; needs --yes or --dry-run
  --debug                 Print stacks with errors
  -h, --help              Print this help

Content that nothing refers to goes, too, once it is a day old; without options, only that goes. While a run goes on, no
content is deleted. Past runs stay listed, but removed outputs of theirs can no longer be loaded.

Examples:
  cairn cache prune --older-than 30d --keep-last 3 --dry-run
  cairn cache prune --max-size 5GB --yes
`

/** What `cairn cache accept --help` prints. */
export const ACCEPT_HELP: string = `Go on with the earlier result of a step although its code was edited.

Usage: cairn cache accept <file> <step> [options]

The nearest earlier result is kept under the step's new key, marked with who said so and why. Only code may differ;
where inputs, parameters or declared extras do, --force is needed.

Options:
  --pipeline NAME         Which pipeline of the file, where there are several
  -p, --param NAME=VALUE  Set a pipeline parameter, as for cairn run (repeatable)
  --reason TEXT           Why the result is still right; it is kept with the entry
  --force                 Also where more than code differs
  --dry-run               Say what would be accepted, and end
  -y, --yes               Do not ask
${STACK_ROW}
  --json                  Print the result as JSON; needs --yes or --dry-run
  --debug                 Print stacks with errors
  -h, --help              Print this help

Example:
  cairn cache accept pipeline.ts train --reason 'renamed a variable'
`

/** What `cairn cache verify --help` prints. */
export const VERIFY_HELP: string = `Execute a sample of the results that a run would reuse again, and compare the bytes.

Usage: cairn cache verify <file> [options]

Each one runs from its bundled code in a process of its own. Nothing is recorded or stored.

Options:
  --sample SIZE           How many: a share like 5% or a number like 20 (default 5%, at least one)
  --seed TEXT             Take the same sample as the run that printed this seed
  --step STEP             Only this step, or one invocation of it by id
  --pipeline NAME         Which pipeline of the file, where there are several
  -p, --param NAME=VALUE  Set a pipeline parameter, as for cairn run (repeatable)
${STACK_ROW}
  --json                  Print the result as JSON
  --debug                 Print stacks with errors
  -h, --help              Print this help

The exit code is 1 if a step gave other bytes or failed. Such a step is not deterministic: it reads a clock, randomness
or something from outside that it does not declare.
`
