/** Faults in what a project or a run is configured with. */
export const CONFIG_ERRORS = {
  CAIRN_CONFIG_MISSING: {
    message: (d: { readonly file: string; readonly wanted: string; readonly problem: string }): string =>
      `${d.wanted} needs the file ${d.file}: ${d.problem}.`,
    hint: 'Correct the path: on the command line it counts from the current folder, in a file from the folder of that file. Nothing was run or recorded.',
  },
  CAIRN_CONFIG_INVALID: {
    message: (d: { readonly problems: readonly { readonly at: string; readonly problem: string }[] }): string =>
      `The configuration cannot be used: ${d.problems.map(({ at, problem }) => `${at}: ${problem}`).join('; ')}${
        d.problems.at(-1)?.problem.endsWith('.') === true || d.problems.at(-1)?.problem.endsWith('?') === true
          ? ''
          : '.'
      }`,
    hint: 'Correct the file at that line and column. Nothing was run or recorded.',
  },
  CAIRN_CONFIG_VARIABLE: {
    message: (d: { readonly at: string; readonly variable: string; readonly problem: string }): string =>
      `The variable "${d.variable}" at ${d.at} cannot be filled in: ${d.problem}.`,
    hint: 'Set the variable, also by --env-file. A secret goes to a step by its option `secrets` instead, and is never recorded.',
  },
  CAIRN_PIPELINE_UNLISTED: {
    message: (d: {
      readonly name: string
      readonly patterns: readonly string[]
      readonly nearest?: string | undefined
      readonly unclear: readonly string[]
    }): string =>
      `No file of ${d.patterns.join(', ')} defines a pipeline "${d.name}".${
        d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      }${d.unclear.length === 0 ? '' : ` Names that are made when the file runs are not seen: ${d.unclear.join(', ')}.`}`,
    hint: 'Files are those that `pipelines` in cairn.yaml names. A file can always be given: cairn run <file> [pipeline].',
  },
  CAIRN_PIPELINE_FILES: {
    message: (d: { readonly name: string; readonly files: readonly string[] }): string =>
      `Several files define a pipeline "${d.name}": ${d.files.join(', ')}.`,
    hint: 'Give the one that is meant: cairn run <file> <pipeline>.',
  },
  CAIRN_LIMIT_EXCEEDED: {
    message: (d: {
      readonly step: string
      readonly limit: string
      readonly asked: number
      readonly most: number
    }): string => `Step "${d.step}" asks for ${d.asked} of "${d.limit}", but the limit is ${d.most}.`,
    hint: 'Ask for less in its option `resources`, or raise the limit in cairn.yaml. Nothing was run or recorded.',
  },
}
