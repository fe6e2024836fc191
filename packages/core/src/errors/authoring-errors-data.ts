const didYouMean = (nearest: string | undefined): string => (nearest === undefined ? '' : ` Did you mean "${nearest}"?`)

/** Faults in how steps and pipelines are declared and joined. */
export const AUTHORING_ERRORS = {
  CAIRN_NAME_INVALID: {
    message: (d: { readonly kind: string; readonly name: string; readonly reason: string }): string =>
      `The ${d.kind} name ${JSON.stringify(d.name)} cannot be used: ${d.reason}.`,
    hint: 'Names start with a letter or digit and hold letters, digits, ".", "_" and "-", at most 100 characters.',
  },
  CAIRN_DECLARATION_INVALID: {
    message: (d: { readonly where: string; readonly problem: string }): string => `${d.where}: ${d.problem}.`,
    hint: 'Compare the declaration with the authoring guide in docs/getting-started.md.',
  },
  CAIRN_PORT_TWICE: {
    message: (d: { readonly where: string; readonly name: string; readonly other: string }): string =>
      `${d.where} declares "${d.name}" twice: it clashes with "${d.other}".`,
    hint: 'Rename one of the two. A name stands for one parameter or one input, and outputs differ in more than case.',
  },
  CAIRN_HANDLE_AS_VALUE: {
    message: (d: { readonly handle: string; readonly use: string }): string =>
      `The result of ${d.handle} was used as a value (${d.use}), but it is not known while the pipeline is built.`,
    hint: 'Pass the handle to a step as an input or parameter and use the value inside that step.',
  },
  CAIRN_BUILD_ASYNC: {
    message: (d: { readonly pipeline: string }): string =>
      `The build function of pipeline "${d.pipeline}" returned a promise.`,
    hint: 'build joins steps and must be synchronous. Move the waiting into a step, or do it before calling run().',
  },
  CAIRN_OUTSIDE_BUILD: {
    message: (d: { readonly kind: string; readonly name: string }): string =>
      `The ${d.kind} "${d.name}" was called outside the build function of a pipeline.`,
    hint: 'Call it inside build, start a pipeline with .run(), or call a step as a plain function with .entrypoint().',
  },
  CAIRN_ARGUMENT_UNKNOWN: {
    message: (d: { readonly where: string; readonly name: string; readonly nearest?: string | undefined }): string =>
      `${d.where} takes no "${d.name}".${didYouMean(d.nearest)}`,
    hint: 'The names a call takes are those declared in its params and inputs.',
  },
  CAIRN_INPUT_MISSING: {
    message: (d: { readonly where: string; readonly name: string }): string =>
      `${d.where} was not given its input "${d.name}".`,
    hint: 'Pass the output of another step, or external(type, value) for data from outside.',
  },
  CAIRN_INPUT_NOT_HANDLE: {
    message: (d: { readonly where: string; readonly name: string; readonly given: string }): string =>
      `The input "${d.name}" of ${d.where} takes a step's output, but was given ${d.given}.`,
    hint: 'Declare the name in params to pass a plain value, or wrap data from outside in external(type, value).',
  },
  CAIRN_INPUT_TYPE: {
    message: (d: {
      readonly where: string
      readonly name: string
      readonly expected: string
      readonly given: string
    }): string => `The input "${d.name}" of ${d.where} reads ${d.expected}, but was given ${d.given}.`,
    hint: 'Give producer and consumer the same type, or put a converting step between them.',
  },
  CAIRN_INVOCATION_TWICE: {
    message: (d: { readonly pipeline: string; readonly id: string }): string =>
      `Two calls in pipeline "${d.pipeline}" have the id "${d.id}".`,
    hint: 'Give each call its own id, or leave id out: repeated calls are numbered.',
  },
  CAIRN_STEP_NAME_CLASH: {
    message: (d: { readonly pipeline: string; readonly name: string }): string =>
      `Pipeline "${d.pipeline}" uses two different steps that are both named "${d.name}".`,
    hint: "Rename one of the steps, or give the call an id of its own: trainer(args, { id: 'second' }).",
  },
  CAIRN_GRAPH_CYCLE: {
    message: (d: { readonly pipeline: string; readonly path: readonly string[] }): string =>
      `Pipeline "${d.pipeline}" has a cycle: ${d.path.join(' -> ')}.`,
    hint: 'Remove one of these inputs or `after` entries.',
  },
  CAIRN_HANDLE_FOREIGN: {
    message: (d: { readonly where: string; readonly handle: string }): string =>
      `${d.where} was given ${d.handle}, which belongs to another build.`,
    hint: 'Use only handles that were made during the same call of build.',
  },
  CAIRN_SLOT_UNFILLED: {
    message: (d: { readonly pipeline: string; readonly slots: readonly string[] }): string =>
      `Pipeline "${d.pipeline}" has unfilled slots: ${d.slots.join(', ')}.`,
    hint: 'Fill them first: pipeline.with({ steps: { slot: step } }).',
  },
  CAIRN_SLOT_UNKNOWN: {
    message: (d: { readonly pipeline: string; readonly slot: string; readonly nearest?: string | undefined }): string =>
      `Pipeline "${d.pipeline}" declares no slot "${d.slot}".${didYouMean(d.nearest)}`,
    hint: 'The slots of a pipeline are listed in its declaration under `slots`.',
  },
  CAIRN_SLOT_MISFIT: {
    message: (d: {
      readonly pipeline: string
      readonly slot: string
      readonly step: string
      readonly problem: string
    }): string => `Step "${d.step}" does not fit slot "${d.slot}" of pipeline "${d.pipeline}": ${d.problem}.`,
    hint: "A step fits when it accepts the slot's inputs, needs no other, and gives the slot's outputs.",
  },
}
