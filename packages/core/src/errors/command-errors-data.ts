/** Faults in how the `cairn` command is called. */
export const COMMAND_ERRORS = {
  CAIRN_COMMAND_USAGE: {
    message: (d: { readonly problem: string }): string => d.problem,
    hint: '`cairn --help` lists the commands, `cairn <command> --help` the options of one.',
  },
  CAIRN_FILE_MISSING: {
    message: (d: { readonly file: string; readonly problem: string }): string =>
      `The file ${d.file} cannot be loaded: ${d.problem}.`,
    hint: 'Give the path of a TypeScript or JavaScript module that defines a pipeline.',
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
  CAIRN_NODE_TOO_OLD: {
    message: (d: { readonly found: string; readonly wanted: string }): string =>
      `Node ${d.found} is too old: Cairn needs Node ${d.wanted}.`,
    hint: 'Install a current Node, or add the npm package "node" to the project.',
  },
}
