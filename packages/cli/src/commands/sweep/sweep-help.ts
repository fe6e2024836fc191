/** What `cairn sweep --help` prints. */
export const SWEEP_HELP: string = `Run a pipeline once for each combination of values, under one tag.

Usage: cairn sweep <file> [pipeline] [options]
       cairn sweep <pipeline> [options]       (found in the files that cairn.yaml names)

Options:
  -p, --param NAME=VALUES        Values of a pipeline parameter; a single one is the same in all runs (repeatable)
  --param-text NAME=VALUE        One value for all runs, always text, commas and all (repeatable)
  --step-param STEP.NAME=VALUES  Values of a parameter of a step, by name or invocation id (repeatable)
  --config FILE                  A run configuration, YAML or JSON; options given here win over it
  --env-file FILE                Set variables of a file that are not set already; later files win (repeatable)
  --stack NAME                   The stack to run on, by its name or file
  --name NAME                    Name of the runs, to which -1, -2, ... is added
  --substitution NAME=TEXT       Fill {{NAME}} in, too (repeatable)
  --cache MODE                   on, read (keep nothing new), write (run everything, keep it) or off
  --no-cache                     The same as --cache off
  --force                        The same as --cache write
  --refresh STEP                 Run this step although a result is there (repeatable)
  --tag TAG                      Tag the runs (default sweep-<date>-<time>-<letters>) (repeatable)
  --failure-mode MODE            When a run failed: continue-on-failure (default), stop-on-failure or fail-fast
  --plan                         Say what would run and what would be reused, and end
  --json                         Print the result as JSON on standard output, everything else on standard error
  --debug                        Print stacks with errors
  -h, --help                     Print this help
  --random N                     Only so many of the combinations, picked at random
  --seed TEXT                    Pick the same ones as the sweep that printed this seed
  --max-runs N                   Refuse to make more runs than this (default 1000)
  --parallel N                   Make so many runs at once (default 1)
  --metric NAME                  Mark the run with the best value of this metric
  --goal MODE                    Whether the best value is the highest or the lowest: max (default) or min

Values are texts between commas, each read as for cairn run; a JSON list; or ranges, whose ends belong to them:
  gamma=0.1,0.2      gamma=0.1..0.5:0.1 (a step)      gamma=log:1e-3..1e-1:3 (how many)      layers='[64],[32,16]'

The exit code is 1 if a run failed. What is wrong with a value is said before anything runs.

Examples:
  cairn sweep pipeline.ts --param gamma=0.1,0.2 --param c=[1,2] --metric acc
  cairn sweep training --param gamma=log:1e-4..1:9 --random 5 --parallel 2 --tag s7
`
