import { IMPORT, type CaseFiles, type EditCase } from './edit-case.ts'

const ZOD: CaseFiles = {
  'node_modules/zod/package.json': '{ "name": "zod", "version": "4.0.0", "type": "module", "main": "index.js" }',
  'node_modules/zod/index.js': `const schema = (run) => ({ transform: (next) => schema((v) => next(run(v))), parse: run })
export const z = {
  string: () => schema((v) => v ?? ''),
  object: (shape) => schema((v) => Object.fromEntries(Object.keys(shape).map((key) => [key, shape[key].parse(v[key])]))),
}`,
}
const TABLE = 'export const table = new Map<string, number>()'
const note = (value: number): string =>
  `import { z } from 'zod'\nimport { table } from './table.ts'
const note = (text: string) => { table.set('k', ${value}); return text }\n`
const notes = (value: number): CaseFiles => ({
  'settings.ts': `${note(value)}const schema = z.object({ K: z.string().transform(note) })
export const settings = schema.parse(process.env)`,
})
const inline = (value: number): CaseFiles => ({
  'settings.ts': `${note(value)}export const settings = z.object({ K: z.string().transform(note) }).parse(process.env)`,
})
const shaped = (value: number): CaseFiles => ({
  'shape.ts': `${note(value)}export const shape = { K: z.string().transform(note) }`,
})
const SETTINGS = `import { z } from 'zod'\nimport { shape } from './shape.ts'
export const settings = z.object(shape).parse(process.env)`
const settings = (key: string): CaseFiles => ({
  'settings.ts': `import { z } from 'zod'\nconst schema = z.object({ ${key}: z.string() })
export const settings = schema.parse(process.env)`,
})
const pipelineOf = (body: string): CaseFiles => ({
  'pipeline.ts': `import { z } from 'zod'\nimport { settings } from './settings.ts'\nimport { table } from './table.ts'
${IMPORT}export const used = settings\nexport const a = step({ name: 'a' }).implement(() => ${body})\n`,
  'table.ts': TABLE,
  ...ZOD,
})

/** Schemas that parse while a module loads: settings from the environment. */
export const SCHEMA_CASES: readonly EditCase[] = [
  {
    name: 'a function that a schema calls while it parses at load counts where it changes what a step reads',
    files: { ...pipelineOf(`table.get('k')`), ...inline(1) },
    edit: inline(2),
    want: 'differ',
  },
  {
    name: 'it counts where the schema is a constant',
    files: { ...pipelineOf(`table.get('k')`), ...notes(1) },
    edit: notes(2),
    want: 'differ',
  },
  {
    name: 'it counts where the shape of the schema is in another file',
    files: { ...pipelineOf(`table.get('k')`), ...shaped(1), 'settings.ts': SETTINGS },
    edit: shaped(2),
    want: 'differ',
  },
  {
    name: 'a schema that parses settings at load does not count for a step with another schema',
    files: { ...pipelineOf('z.string().parse(undefined)'), ...settings('K') },
    edit: settings('L'),
    want: 'same',
  },
  {
    name: 'it counts for a step that reads the settings',
    files: { ...pipelineOf('Object.keys(settings).join()'), ...settings('K') },
    edit: settings('L'),
    want: 'differ',
  },
]
