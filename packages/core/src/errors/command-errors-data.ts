/** Faults in how the `cairn` command is called. */
export const COMMAND_ERRORS = {
  CAIRN_COMMAND_USAGE: {
    message: (d: { readonly problem: string }): string => d.problem,
    hint: '`cairn --help` lists the commands, `cairn <command> --help` the options of one.',
  },
  CAIRN_COMMAND_ENDED: {
    message: (d: { readonly command: string; readonly problem: string }): string =>
      `\`cairn ${d.command}\` ended before it was done: ${d.problem}.`,
    hint: (d: { readonly isInterrupted?: boolean | undefined }): string =>
      d.isInterrupted === true
        ? 'Start it again to have it done.'
        : 'Look into the plugins and files that it loads: for process.exit(), and for a promise that is never resolved or rejected.',
  },
  CAIRN_FILE_MISSING: {
    message: (d: { readonly file: string; readonly problem: string }): string =>
      `The file ${d.file} cannot be loaded: ${d.problem}.`,
    hint: 'Give the path of a file that is there and can be read. To run, it has to be a TypeScript or JavaScript module that defines a pipeline.',
  },
  CAIRN_FILE_FAILED: {
    message: (d: { readonly file: string; readonly problem: string }): string =>
      `The file ${d.file} failed while it was loaded: ${d.problem}.`,
    hint: 'Correct it and try again; `node <file>` shows the same. CAIRN_DEBUG=1 shows the stack.',
  },
  CAIRN_PIPELINE_MISSING: {
    message: (d: { readonly file: string }): string => `The file ${d.file} neither exports nor runs a pipeline.`,
    hint: 'Export one: export const train = pipeline({ name, build }).',
  },
  CAIRN_PIPELINE_UNKNOWN: {
    message: (d: { readonly file: string; readonly name: string; readonly known: readonly string[] }): string =>
      `The file ${d.file} has no pipeline "${d.name}". It has: ${d.known.join(', ')}.`,
    hint: 'Use one of these names.',
  },
  CAIRN_PIPELINE_AMBIGUOUS: {
    message: (d: { readonly file: string; readonly known: readonly string[] }): string =>
      `The file ${d.file} has several pipelines: ${d.known.join(', ')}.`,
    hint: 'Name the one to run: cairn run <file> <pipeline>.',
  },
  CAIRN_CACHE_ENTRY_UNKNOWN: {
    message: (d: { readonly given: string; readonly nearest?: string | undefined }): string =>
      `The cache holds nothing under "${d.given}".${d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`}`,
    hint: 'Give the name of a step, the start of a key or the id of an entry, as `cairn cache ls` shows them. Nothing was removed.',
  },
  CAIRN_CACHE_ENTRY_AMBIGUOUS: {
    message: (d: { readonly given: string; readonly found: readonly string[] }): string =>
      `"${d.given}" is the start of several keys or entries: ${d.found.join(', ')}.`,
    hint: 'Give more of it. Nothing was removed.',
  },
  CAIRN_CONFIRMATION_MISSING: {
    message: (d: { readonly question: string }): string => `There is no terminal to ask on: ${d.question}`,
    hint: 'Add --yes to do it without a question, or --dry-run to see what would be done. Nothing was changed.',
  },
  CAIRN_ACCEPT_IMPOSSIBLE: {
    message: (d: { readonly step: string; readonly problem: string }): string =>
      `Step "${d.step}" cannot go on with an earlier result: ${d.problem}.`,
    hint: 'Run the pipeline: what has no result runs. Nothing was changed.',
  },
  CAIRN_ACCEPT_DIFFERS: {
    message: (d: { readonly step: string; readonly differences: readonly string[] }): string =>
      `Step "${d.step}" differs from its nearest earlier result in more than code: ${d.differences.join('; ')}.`,
    hint: 'Run the pipeline to get the result that belongs to it, or add --force if the earlier one is right all the same. Nothing was changed.',
  },
  CAIRN_EXPORT_FAILED: {
    message: (d: { readonly path: string; readonly problem: string }): string =>
      `Nothing was exported to ${d.path}: ${d.problem}.`,
    hint: 'Give another path, or add --force to replace what is there. Nothing was changed.',
  },
  CAIRN_REPORT_INVALID: {
    message: (d: { readonly file: string; readonly problem: string }): string =>
      `The report ${d.file} cannot be read: ${d.problem}.`,
    hint: 'Give a file that `cairn run --report` has written.',
  },
  CAIRN_REPORT_FAILED: {
    message: (d: { readonly file: string; readonly run: string; readonly problem: string }): string =>
      `The report of run ${d.run} was not written to ${d.file}: ${d.problem}.`,
    hint: 'The run itself is recorded. Give another file, and see `cairn run show`.',
  },
  CAIRN_CREATE_FAILED: {
    message: (d: {
      readonly folder: string
      readonly problem: string
      /** What to do, where it is known. */
      readonly remedy?: string | undefined
    }): string => `Nothing was created in ${d.folder}: ${d.problem}.`,
    hint: (d: { readonly remedy?: string | undefined }): string =>
      d.remedy ?? 'Give a folder that is not there yet, or an empty one, where you may write. The folder is as it was.',
  },
  CAIRN_PLUGIN_IN_USE: {
    message: (d: { readonly plugin: string; readonly stacks: readonly string[] }): string =>
      `The plugin ${d.plugin} is used by ${d.stacks.join(', ')}.`,
    hint: 'Change these stacks first, or add --force. Nothing was removed.',
  },
  CAIRN_PLUGIN_UNKNOWN: {
    message: (d: { readonly plugin: string; readonly tried: readonly string[] }): string =>
      `There is no plugin "${d.plugin}": the registry has no package ${d.tried.join(', and no package ')}.`,
    hint: 'Check the name, and the registry in .npmrc: one that wants a login may say the same. Nothing was installed.',
  },
  CAIRN_PACKAGE_MANAGER_FAILED: {
    message: (d: {
      readonly command: string
      readonly problem: string
      /** What to do, where it is known. */
      readonly remedy?: string | undefined
    }): string => `The package manager failed (${d.command}): ${d.problem}.`,
    hint: (d: { readonly remedy?: string | undefined }): string =>
      d.remedy ?? 'What it printed says why. Call it yourself to see more.',
  },
  CAIRN_TEST_KIT_MISSING: {
    message: (d: { readonly from: string; readonly install: string }): string =>
      `The conformance suites of @cairnml/testing cannot be found from ${d.from}.`,
    hint: (d: { readonly install: string }): string => `Install them: ${d.install}`,
  },
  CAIRN_NODE_TOO_OLD: {
    message: (d: { readonly found: string; readonly wanted: string }): string =>
      `Node ${d.found} is too old: Cairn needs Node ${d.wanted}.`,
    hint: 'Install a current Node, or add the npm package "node" to the project.',
  },
  CAIRN_RUNTIME_UNSUPPORTED: {
    message: (d: { readonly found: string }): string => `Cairn runs under Node, not under ${d.found}.`,
    hint: 'Run the file with `node` or with `cairn run`.',
  },
}
