import { IMPORT, type CaseFiles, type EditCase } from './edit-case.ts'

const ZOD: CaseFiles = {
  'node_modules/zod/package.json': '{ "name": "zod", "version": "4.0.0", "main": "index.js" }',
  'node_modules/zod/index.js': 'const s = () => new Proxy({}, { get: () => s }); exports.z = s()',
}
const file = (top: string, ports: string): CaseFiles => ({
  'pipeline.ts': `import { z } from 'zod'\n${IMPORT}${top}\nexport const a = step({ name: 'a', ${ports} }).implement(() => 1)\n`,
  ...ZOD,
})

/** Declared types are code that runs when a step reads and writes. */
export const PORT_CASES: readonly EditCase[] = [
  {
    name: 'a changed read() of a custom materializer counts',
    what: 'input:x',
    files: file(`const model = { name: 'm', version: 1, read: () => 1 }`, 'inputs: { x: model }'),
    edit: file(`const model = { name: 'm', version: 1, read: () => 2 }`, 'inputs: { x: model }'),
    want: 'differ',
  },
  {
    name: 'a helper of a custom materializer counts',
    what: 'output:output',
    files: {
      ...file(`import { model } from './m.ts'`, 'output: model'),
      'm.ts': `const parse = () => 1\nexport const model = { name: 'm', version: 1, read: () => parse() }`,
    },
    edit: { 'm.ts': `const parse = () => 2\nexport const model = { name: 'm', version: 1, read: () => parse() }` },
    want: 'differ',
  },
  {
    name: 'an added .trim() of a schema counts',
    what: 'input:x',
    files: file('', 'inputs: { x: z.string() }'),
    edit: file('', 'inputs: { x: z.string().trim() }'),
    want: 'differ',
  },
  {
    name: 'a changed refinement of a schema counts',
    what: 'output:y',
    files: file('const isGood = (n: number) => n > 1', 'outputs: { y: z.number().refine(isGood) }'),
    edit: file('const isGood = (n: number) => n > 2', 'outputs: { y: z.number().refine(isGood) }'),
    want: 'differ',
  },
  {
    name: 'another port does not count',
    what: 'input:x',
    files: file('', 'inputs: { x: z.string(), w: z.string() }'),
    edit: file('', 'inputs: { x: z.string(), w: z.string().trim() }'),
    want: 'same',
  },
  {
    name: 'the function does not count for a port',
    what: 'input:x',
    files: file('', 'inputs: { x: z.string() }'),
    edit: {
      'pipeline.ts': `import { z } from 'zod'\n${IMPORT}export const a = step({ name: 'a', inputs: { x: z.string() } }).implement(() => 2)\n`,
    },
    want: 'same',
  },
  {
    name: 'ports that are written elsewhere count',
    what: 'input:x',
    files: file('const ports = { x: z.string() }', 'inputs: ports'),
    edit: file('const ports = { x: z.string().trim() }', 'inputs: ports'),
    want: 'differ',
  },
  {
    name: 'ports that are spread count',
    what: 'input:x',
    files: file('const ports = { x: z.string() }', 'inputs: { ...ports, y: z.number() }'),
    edit: file('const ports = { x: z.string().trim() }', 'inputs: { ...ports, y: z.number() }'),
    want: 'differ',
  },
  {
    name: 'a declaration that is made elsewhere counts for each port',
    what: 'input:x',
    callee: 'step(declared',
    files: {
      'pipeline.ts': `${IMPORT}const declared = { name: 'a', inputs: { x: { name: 'm', read: () => 1 } } }\nexport const a = step(declared).implement(() => 1)`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}const declared = { name: 'a', inputs: { x: { name: 'm', read: () => 2 } } }\nexport const a = step(declared).implement(() => 1)`,
    },
    want: 'differ',
  },
  {
    name: 'a declaration that is spread counts for each port',
    what: 'output:output',
    callee: 'step({ ...base',
    files: {
      'pipeline.ts': `${IMPORT}const base = { output: { name: 'm', read: () => 1 } }\nexport const a = step({ ...base, name: 'a' }).implement(() => 1)`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}const base = { output: { name: 'm', read: () => 2 } }\nexport const a = step({ ...base, name: 'a' }).implement(() => 1)`,
    },
    want: 'differ',
  },
  {
    name: 'another version of the package of a schema counts',
    what: 'input:x',
    files: file('', 'inputs: { x: z.string() }'),
    edit: { 'node_modules/zod/package.json': '{ "name": "zod", "version": "4.0.1", "main": "index.js" }' },
    want: 'differ',
  },
  {
    name: 'a schema that parameters use counts where a step feeds them',
    what: 'params',
    files: file('', 'params: z.object({ k: z.string() })'),
    edit: file('', 'params: z.object({ k: z.string().trim() })'),
    want: 'differ',
  },
]
