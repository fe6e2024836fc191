/** Faults in values, their files and their types. */
export const ARTIFACT_ERRORS = {
  CAIRN_OUTPUT_MISSING: {
    message: (d: { readonly step: string; readonly output: string }): string =>
      `Step "${d.step}" did not return its output "${d.output}".`,
    hint: 'Return a value for every declared output, or declare it optional(...).',
    exitCode: 1,
  },
  CAIRN_OUTPUT_UNDECLARED: {
    message: (d: { readonly step: string; readonly output: string; readonly nearest?: string | undefined }): string =>
      `Step "${d.step}" returned "${d.output}", which it does not declare.${
        d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      }`,
    hint: "Declare it in the step's outputs, or do not return it.",
    exitCode: 1,
  },
  CAIRN_OUTPUT_UNEXPECTED: {
    message: (d: { readonly step: string; readonly found: string }): string =>
      `Step "${d.step}" declares no output but returned ${d.found}.`,
    hint: 'Declare `output: <type>` so that the value is stored, or return nothing.',
    exitCode: 1,
  },
  CAIRN_VALUE_UNSTORABLE: {
    message: (d: { readonly where: string; readonly type: string; readonly reason: string }): string =>
      `${d.where} cannot be stored as ${d.type}: ${d.reason}.`,
    hint: 'Return a value of the declared type, or declare a materializer({ name, version, write, read }) for it.',
    exitCode: 1,
  },
  CAIRN_VALUE_INVALID: {
    message: (d: { readonly where: string; readonly problem: string }): string =>
      `${d.where} does not fit its declared schema: ${d.problem}.`,
    hint: 'Change the value or the schema. Nothing was stored under this output.',
    exitCode: 1,
  },
  CAIRN_SCHEMA_TRANSFORMS: {
    message: (d: { readonly where: string }): string => `${d.where} is changed by its own schema.`,
    hint: 'A schema in place of a materializer must give back what it was given. Return exactly what it describes, without other properties, and transform or default inside the step.',
  },
  CAIRN_NPY_INVALID: {
    message: (d: { readonly reason: string; readonly offset?: number | undefined }): string =>
      `This is not a valid .npy file: ${d.reason}${d.offset === undefined ? '' : ` (at byte ${d.offset})`}.`,
    hint: 'Write the file with numpy.save or with a Cairn array type.',
    exitCode: 1,
  },
  CAIRN_NPY_DTYPE: {
    message: (d: { readonly dtype: string }): string => `Arrays of dtype ${d.dtype} are not supported.`,
    hint: 'Convert to a boolean, integer or floating-point dtype. Object arrays are never read: they can run code.',
    exitCode: 1,
  },
  CAIRN_IMAGE_INVALID: {
    message: (d: { readonly format: string; readonly reason: string }): string =>
      `This is not a valid ${d.format} picture: ${d.reason}.`,
    hint: 'Check that the file is whole and has this format; a picture of another format is stored as `bytes` or `file`.',
    exitCode: 1,
  },
  CAIRN_REFERENCE_UNREACHABLE: {
    message: (d: { readonly reference: string; readonly problem: string }): string =>
      `What the reference ${d.reference} points to cannot be looked at: ${d.problem}.`,
    hint: 'Make it reachable again, or run the step that gives it with --refresh <step>. A result is not reused while nobody can tell whether its reference is still the same.',
    exitCode: 1,
  },
  CAIRN_EXTERNAL_INVALID: {
    message: (d: { readonly file: string; readonly type: string; readonly problem: string }): string =>
      `The file ${d.file}, given from outside, cannot be read as ${d.type}: ${d.problem}.`,
    hint: 'Give a file in the format of the type, or the type that the file has. Nothing was run or recorded.',
  },
  CAIRN_FILE_CHANGED: {
    message: (d: { readonly file: string }): string => `The file ${d.file} changed while it was stored.`,
    hint: 'Wait until whoever writes it is done, or write it under another name and rename it when it is whole. Nothing of it was kept.',
    exitCode: 1,
  },
  CAIRN_ARTIFACT_TYPE: {
    message: (d: { readonly artifact: string; readonly stored: string; readonly wanted: string }): string =>
      `${d.artifact} is stored as ${d.stored} and cannot be read as ${d.wanted}.`,
    hint: 'Read it with the type that it was written with, or run the step that makes it again.',
    exitCode: 1,
  },
  CAIRN_ARTIFACT_MISSING: {
    message: (d: { readonly key: string; readonly store: string; readonly obstacle?: string | undefined }): string =>
      `The object ${d.key} is not in the artifact store ${d.store}${d.obstacle === undefined ? '' : `: ${d.obstacle}`}.`,
    hint: 'It was deleted or never arrived. Run the pipeline again: only what is missing runs.',
    exitCode: 1,
  },
  CAIRN_ARTIFACT_CORRUPT: {
    message: (d: { readonly key: string; readonly store: string; readonly problem: string }): string =>
      `The object ${d.key} in the artifact store ${d.store} is damaged: ${d.problem}.`,
    hint: 'Run the step that makes it again, with --refresh <step>: it is written anew, and the rest is reused.',
    exitCode: 1,
  },
  CAIRN_ARTIFACT_PATH: {
    message: (d: { readonly path: string; readonly problem: string }): string =>
      `The artifact file name ${JSON.stringify(d.path)} cannot be used: ${d.problem}.`,
    hint: 'Use relative paths with forward slashes, without "..", without device names.',
    exitCode: 1,
  },
  CAIRN_ARTIFACT_UNKNOWN: {
    message: (d: { readonly name: string; readonly problem: string }): string =>
      `There is no artifact "${d.name}": ${d.problem}.`,
    hint: 'Name it <run>/<step>/<output>, or by its digest or the start of one; `cairn artifact list <run>` shows those of a run.',
  },
  CAIRN_ARTIFACT_AMBIGUOUS: {
    message: (d: { readonly name: string; readonly known: readonly string[] }): string =>
      `"${d.name}" is the start of several digests: ${d.known.join(', ')}.`,
    hint: 'Give more of it.',
  },
  CAIRN_MATERIALIZER_UNKNOWN: {
    message: (d: { readonly artifact: string; readonly type: string }): string =>
      `${d.artifact} is stored as ${d.type}, which no type of Cairn reads.`,
    hint: 'Give the materializer that wrote it: `.load(materializer)`. `cairn artifact export` copies its files as they are.',
  },
}
