import type { TABLE_RESULT } from './table-project.ts'
import { all, replace, type Edit, type TableRows } from './table-row.ts'

const PIPELINE = 'src/pipeline.ts'
const SCALED = ['scaled', 'labelled', 'described']
const FACTOR_CALL = '...(factor === undefined ? {} : { factor })'

const scaledBy = (...scaled: number[]): Partial<typeof TABLE_RESULT> => {
  const labelled = `Sizes: ${scaled.map((number) => `${number} m`).join(', ')}`
  return { scaled, labelled, described: `<${labelled}>` }
}

/** Edits of parameters and types. */
export const VALUES_ROWS: TableRows = {
  'a parameter value: that step; below only if bytes changed': [
    { edit: 'a parameter of the run', args: ['--param', 'factor=3'], reruns: SCALED, result: scaledBy(4, 7, 10) },
    {
      edit: 'a parameter in the call of a step',
      apply: replace(PIPELINE, FACTOR_CALL, 'factor: factor ?? 3'),
      reruns: SCALED,
      result: scaledBy(4, 7, 10),
    },
    {
      edit: 'a parameter that is set before the call',
      apply: replace(PIPELINE, 'scaled({', 'scaled.with({ params: { factor: 3 } })({'),
      reruns: SCALED,
      result: scaledBy(4, 7, 10),
    },
    {
      edit: 'a parameter that changes no bytes',
      apply: replace(PIPELINE, 'sorted({ numbers })', 'sorted({ numbers, most: 8 })'),
      reruns: ['sorted'],
    },
    { edit: 'a parameter that is given its default', apply: replace(PIPELINE, FACTOR_CALL, 'factor: 10'), reruns: [] },
    {
      edit: 'a parameter that is set before the call to its default',
      apply: replace(PIPELINE, 'scaled({', 'scaled.with({ params: { factor: 10 } })({'),
      reruns: [],
    },
  ],
  'default of a step parameter, schema unchanged in shape: the step if the effective value changed': [
    {
      edit: 'a default that is in force',
      apply: replace('src/scaled.ts', 'default(10)', 'default(20)'),
      reruns: SCALED,
      result: scaledBy(21, 41, 61),
    },
    {
      edit: 'a default in place of which the call gives a value',
      apply: all(replace(PIPELINE, FACTOR_CALL, 'factor: 10'), replace('src/scaled.ts', 'default(10)', 'default(20)')),
      reruns: [],
    },
    {
      edit: 'a default that the pipeline gives to the same value',
      apply: replace(PIPELINE, 'factor: z.number().optional()', 'factor: z.number().default(10)'),
      reruns: [],
    },
  ],
  "an output's materializer (its format or version), a port's schema, a custom materializer's code: that step": [
    {
      edit: 'the schema of an output, which another file exports,',
      apply: replace('src/sizes.ts', 'refine(isSize)', 'refine(isSize).min(0)'),
      reruns: ['scaled'],
    },
    {
      edit: 'a function that the schema of an output calls',
      apply: replace('src/sizes.ts', '>= 0', '>= 1'),
      reruns: ['scaled'],
    },
    { edit: 'the schema of an input', apply: replace('src/labelled.ts', '>= 0', '>= 1'), reruns: ['labelled'] },
    {
      edit: 'a schema that counts for nothing',
      apply: replace('src/sizes.ts', 'export', 'export const unused = z.string()\nexport'),
      reruns: [],
    },
    {
      edit: 'the format of an output and of the input that takes it',
      apply: all(asJson('src/labelled.ts', 'output: text'), asJson('src/described.ts', 'inputs: { text }')),
      reruns: ['labelled', 'described'],
    },
    {
      edit: 'the version of a custom materializer',
      apply: replace('src/box.ts', 'version: 1', 'version: 2'),
      reruns: ['boxed', 'opened'],
    },
    {
      edit: 'the name of a custom materializer',
      apply: replace('src/box.ts', "name: 'box'", "name: 'crate'"),
      reruns: ['boxed', 'opened'],
    },
    {
      edit: 'the code of a custom materializer',
      apply: replace('src/box.ts', 'Number((await files.text())', 'Number.parseInt((await files.text())'),
      reruns: ['boxed', 'opened'],
    },
    {
      edit: 'what a custom materializer imports',
      apply: replace('src/mark.ts', "'box '", "'total '"),
      reruns: ['boxed', 'opened'],
    },
    {
      edit: 'a comment in a custom materializer',
      apply: replace('src/box.ts', '  write:', '  // As text.\n  write:'),
      reruns: [],
    },
  ],
}

function asJson(file: string, place: string): Edit {
  const schema = 'z.string()'
  return all(
    replace(file, place, place.startsWith('output') ? `output: ${schema}` : `inputs: { text: ${schema} }`),
    (project) => {
      if (!project.read(file).includes("from 'zod'"))
        project.write({ [file]: `import { z } from 'zod'\n${project.read(file)}` })
    },
  )
}
