/** Faults in a run: how it was called and how it ended. */
export const RUN_ERRORS = {
  CAIRN_RUNTIME_MISSING: {
    message: (d: { readonly pipeline: string }): string =>
      `Pipeline "${d.pipeline}" cannot run: no engine is loaded in this process.`,
    hint: "Import step and pipeline from 'cairnml', which brings the engine.",
  },
  CAIRN_RUN_NAME_TAKEN: {
    message: (d: { readonly name: string }): string => `A run named "${d.name}" exists already.`,
    hint: "Choose another name, or make it unique with a placeholder: 'nightly_{{date}}_{{time}}'.",
  },
  CAIRN_RUN_OPTION_INVALID: {
    message: (d: { readonly option: string; readonly value: string; readonly expected: string }): string =>
      `The option ${d.option} cannot be ${d.value}: expected ${d.expected}.`,
    hint: 'Nothing was run or recorded.',
  },
  CAIRN_RUN_OPTION_UNKNOWN: {
    message: (d: { readonly where: string; readonly name: string; readonly nearest?: string | undefined }): string =>
      `${d.where} have no "${d.name}".${d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`}`,
    hint: 'Nothing was run or recorded.',
  },
  CAIRN_INVOCATION_UNKNOWN: {
    message: (d: {
      readonly pipeline: string
      readonly id: string
      readonly option: string
      readonly nearest?: string | undefined
    }): string =>
      `${d.option} names "${d.id}", but pipeline "${d.pipeline}" has no such step.${
        d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      }`,
    hint: 'Use a step name or an invocation id of the pipeline. `cairn run <file> --plan` lists them.',
  },
  CAIRN_RUN_UNKNOWN: {
    message: (d: {
      readonly name: string
      readonly nearest?: string | undefined
      /** The newest run, where the name could have been that of one of its steps. */
      readonly newest?: string | undefined
      /** Whether there is no run at all. */
      readonly isEmpty?: boolean | undefined
    }): string => {
      if (d.isEmpty === true) return 'Nothing was run here yet.'
      const nearest = d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      return d.newest === undefined
        ? `There is no run "${d.name}".${nearest}`
        : `"${d.name}" is neither a run nor a step of the newest run ${d.newest}.${nearest}`
    },
    hint: (d: { readonly isEmpty?: boolean | undefined }): string =>
      d.isEmpty === true
        ? 'Run a pipeline first: `cairn run <file>`. Runs are those of the project of this folder, or of CAIRN_DIR.'
        : 'A run is named by its name, the start of it, `last`, `last~1` or `<pipeline>@last`; runs are those of this project.',
  },
  CAIRN_RUN_AMBIGUOUS: {
    message: (d: { readonly name: string; readonly known: readonly string[] }): string =>
      `"${d.name}" is the start of several runs: ${d.known.join(', ')}.`,
    hint: 'Give more of the name.',
  },
  CAIRN_STEP_RUN_UNKNOWN: {
    message: (d: {
      readonly run: string
      readonly step: string
      readonly known: readonly string[]
      readonly nearest?: string | undefined
    }): string =>
      `Run ${d.run} has no step "${d.step}".${
        d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      } It has: ${d.known.join(', ')}.`,
    hint: 'Name a step by its invocation id; where a step is called once, its own name does.',
  },
  CAIRN_RUN_FAILED: {
    message: (d: { readonly run: string; readonly failures: readonly string[] }): string =>
      `Pipeline run ${d.run} has failed: ${d.failures.join('; ')}`,
    hint: 'What finished is kept. Correct the cause and run again: only what is missing runs. CAIRN_DEBUG=1 shows stacks.',
    exitCode: 1,
  },
  CAIRN_RUN_CANCELLED: {
    message: (d: { readonly run: string }): string => `Pipeline run ${d.run} was cancelled.`,
    hint: 'What finished is kept. Run again to do what is missing.',
    exitCode: 130,
  },
  CAIRN_RUN_LOST: {
    message: (d: { readonly run: string }): string => `The process of pipeline run ${d.run} ended before the run did.`,
    hint: 'What finished is kept. Run again to do what is missing.',
    exitCode: 1,
  },
  CAIRN_RUN_LIVE: {
    message: (d: { readonly run: string }): string => `Run ${d.run} is going on.`,
    hint: 'It can be removed when it has ended; Ctrl-C where it was started ends it. Nothing was removed.',
  },
  CAIRN_RESULT_MISSING: {
    message: (d: { readonly what: string; readonly status: string }): string =>
      `${d.what} has no value: the step is ${d.status}.`,
    hint: 'Look at the status of the step run before loading its outputs.',
    exitCode: 1,
  },
  CAIRN_STEP_TIMEOUT: {
    message: (d: { readonly step: string; readonly seconds: number }): string =>
      `Step "${d.step}" took longer than its timeout of ${d.seconds} s.`,
    hint: "Raise the step's timeout, or make it honour `signal`.",
    exitCode: 1,
  },
  CAIRN_STEP_STALLED: {
    message: (d: { readonly step: string }): string =>
      `Step "${d.step}" never finished: it waits for something that nothing in the process can bring about.`,
    hint: 'Look for a promise in the step that is never resolved or rejected.',
    exitCode: 1,
  },
  CAIRN_ERROR_UNCAUGHT: {
    message: (d: { readonly where: string; readonly problem: string }): string =>
      `${d.where} threw an error that nothing catches: ${d.problem}.`,
    hint: 'Await every promise that a step starts, and catch what its timers and events throw.',
    exitCode: 1,
  },
  CAIRN_STEP_CANCELLED: {
    message: (d: { readonly step: string }): string => `Step "${d.step}" was cancelled.`,
    exitCode: 1,
  },
  CAIRN_CONTEXT_CLOSED: {
    message: (d: { readonly step: string; readonly call: string }): string =>
      `Step "${d.step}" called ${d.call} after it had ended.`,
    hint: 'Await everything that the step starts before it returns.',
    exitCode: 1,
  },
  CAIRN_METRIC_INVALID: {
    message: (d: { readonly step: string; readonly name: string; readonly value: string }): string =>
      `Step "${d.step}" gave the metric "${d.name}" the value ${d.value}.`,
    hint: 'A metric is a number; its step, where given, is a whole number.',
    exitCode: 1,
  },
  CAIRN_PIPELINE_NOT_RECORDED: {
    message: (d: { readonly name: string; readonly nearest?: string | undefined }): string =>
      `No pipeline "${d.name}" has been run.${d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`}`,
    hint: '`cairn pipeline list` shows the pipelines that have been run.',
  },
  CAIRN_WHERE_INVALID: {
    message: (d: { readonly text: string; readonly position: number; readonly problem: string }): string =>
      `The condition ${JSON.stringify(d.text.slice(0, 200))} cannot be read at character ${d.position}: ${d.problem}.`,
    hint: "Write comparisons joined by and, or, parentheses: metrics.acc > 0.9 and (tag = s7 or name ^= 'nightly').",
  },
}
