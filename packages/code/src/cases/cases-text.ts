import { IMPORT, oneFile, type CaseFiles, type EditCase } from './edit-case.ts'

const full = (body: string, extra = ''): CaseFiles => ({
  'pipeline.ts': `${IMPORT}export const a = step({ name: 'a'${extra} }).implement(${body})\n`,
})
const twoSteps = (b: string, after = ''): CaseFiles =>
  oneFile('', '1', `export const b = step({ name: 'b' }).implement(() => ${b})\n${after}`)
const withPipeline = (build: string, run = ''): CaseFiles =>
  oneFile('', '1', `const p = pipeline({ name: 'p', build: () => ${build} })\n${run}`)

/** The text of one step: what counts and what is only spelling. */
export const TEXT_CASES: readonly EditCase[] = [
  { name: 'another body counts', files: oneFile('', '1 + 1'), edit: oneFile('', '1 + 2'), want: 'differ' },
  {
    name: 'comments, white space and quotes do not count',
    files: full(`() => { return 'x' + 1 }`),
    edit: full(`() => {\n  // why\n  return /* here */ "x"   + 1;\n}`),
    want: 'same',
  },
  {
    name: 'a type annotation does not count',
    files: full('() => { const x = 1; return x }'),
    edit: full('(): number => { const x: number = 1; return x }'),
    want: 'same',
  },
  {
    name: 'satisfies, as const and ! do not count',
    files: full(`() => ({ k: 'v' })`),
    edit: full(`() => ({ k: ('v' as const)! } satisfies object)`),
    want: 'same',
  },
  {
    name: 'the order of imports does not count',
    files: {
      ...oneFile(`import { x } from './x.ts'\nimport { y } from './y.ts'`, 'x + y'),
      'x.ts': 'export const x = 1',
      'y.ts': 'export const y = 2',
    },
    edit: oneFile(`import { y } from './y.ts'\nimport { x } from './x.ts'`, 'x + y'),
    want: 'same',
  },
  {
    name: 'a renamed local counts, to be safe',
    files: full('() => { const x = 1; return x }'),
    edit: full('() => { const y = 1; return y }'),
    want: 'differ',
  },
  {
    name: 'a separator in a number and a trailing comma do not count',
    files: full('() => [1000, 2]'),
    edit: full('() => [1_000, 2,]'),
    want: 'same',
  },
  { name: 'the content of a string counts', files: oneFile('', `'a'`), edit: oneFile('', `'b'`), want: 'differ' },
  {
    name: 'white space in a template counts',
    files: oneFile('', '`a b`'),
    edit: oneFile('', '`a  b`'),
    want: 'differ',
  },
  {
    name: 'a flag of a regular expression counts',
    files: oneFile('', `/a/.test('A')`),
    edit: oneFile('', `/a/i.test('A')`),
    want: 'differ',
  },
  {
    name: 'optional chaining counts',
    files: full('() => { const x = { y: { z: 1 } }; return x.y.z }'),
    edit: full('() => { const x = { y: { z: 1 } }; return x.y?.z }'),
    want: 'differ',
  },
  { name: 'an operator counts', files: oneFile('', '3 - 2'), edit: oneFile('', '3 * 2'), want: 'differ' },
  { name: 'the type of a literal counts', files: oneFile('', '1'), edit: oneFile('', `'1'`), want: 'differ' },
  { name: 'async counts', files: full('() => 1'), edit: full('async () => 1'), want: 'differ' },
  {
    name: 'cache, retry, tags and hooks do not count',
    files: full('() => 1'),
    edit: full('() => 1', `, cache: false, retry: 3, tags: ['x'], onSuccess: () => console.log('!')`),
    want: 'same',
  },
  {
    name: 'the text of the schema of the parameters does not count: its value is in the key',
    files: zod(),
    edit: {
      'pipeline.ts': `import { z } from 'zod'\n${IMPORT}export const a = step({ name: 'a', params: z.object({ k: z.number().min(0) }) }).implement(({ k }) => k)\n`,
    },
    want: 'same',
    runs: false,
  },
  { name: 'the body of another step does not count', files: twoSteps('1'), edit: twoSteps('2'), want: 'same' },
  {
    name: 'a new step does not count',
    files: twoSteps('1'),
    edit: twoSteps('1', `export const c = step({ name: 'c' }).implement(() => 3)`),
    want: 'same',
  },
  {
    name: 'the build of a pipeline does not count',
    files: withPipeline('a()'),
    edit: withPipeline('{ a(); return a() }'),
    want: 'same',
  },
  {
    name: 'a call of p.run() does not count',
    files: withPipeline('a()', 'await p.run()'),
    edit: withPipeline('a()', `await p.run({}, { name: 'x' })`),
    want: 'same',
  },
  {
    name: 'a main function around p.run() does not count',
    files: withPipeline('a()', 'await p.run()'),
    edit: withPipeline('a()', `async function main() { console.log('start'); await p.run() }\nawait main()`),
    want: 'same',
  },
  {
    name: 'a main function that reads a file first does not count',
    files: oneFile(
      `import { readFileSync } from 'node:fs'`,
      '1',
      `const p = pipeline({ name: 'p', build: () => a() })\nasync function main() { await p.run() }\nmain().catch((error) => { console.error(error); process.exitCode = 1 })`,
    ),
    edit: oneFile(
      `import { readFileSync } from 'node:fs'`,
      '1',
      `const p = pipeline({ name: 'p', build: () => a() })\nasync function main() { const x = readFileSync('package.json', 'utf8'); await p.run({ x }) }\nmain().catch((error) => { console.error(error); process.exitCode = 1 })`,
    ),
    want: 'same',
  },
  {
    name: 'a helper in the same file counts',
    files: oneFile('const f = () => 1', 'f()'),
    edit: oneFile('const f = () => 2', 'f()'),
    want: 'differ',
  },
  {
    name: 'a helper of a helper counts',
    files: oneFile('const g = () => 1\nfunction f() { return g() }', 'f()'),
    edit: oneFile('const g = () => 2\nfunction f() { return g() }', 'f()'),
    want: 'differ',
  },
  {
    name: 'an unrelated helper in the same file does not count',
    files: oneFile('const f = () => 1\nexport const g = () => 1', 'f()'),
    edit: oneFile('const f = () => 1\nexport const g = () => 2', 'f()'),
    want: 'same',
  },
  {
    name: 'a name that is shadowed is no reference',
    files: oneFile('export const f = () => 1', '((f: () => number) => f())(() => 3)'),
    edit: oneFile('export const f = () => 2', '((f: () => number) => f())(() => 3)'),
    want: 'same',
  },
  {
    name: 'a step that is not exported has an identity, too',
    files: { 'pipeline.ts': `${IMPORT}const a = step({ name: 'a' }).implement(() => 1)\nexport { a as x }` },
    edit: { 'pipeline.ts': `${IMPORT}const a = step({ name: 'a' }).implement(() => 2)\nexport { a as x }` },
    want: 'differ',
    runs: false,
  },
  {
    name: 'another name for step does not count',
    files: full('() => 1'),
    edit: {
      'pipeline.ts': `import { step as s } from 'cairnml'\nexport const a = s({ name: 'a' }).implement(() => 1)`,
    },
    want: 'same',
  },
  {
    name: 'step as a member of a namespace does not count',
    files: full('() => 1'),
    edit: {
      'pipeline.ts': `import * as cairn from 'cairnml'\nexport const a = cairn.step({ name: 'a' }).implement(() => 1)`,
    },
    want: 'same',
  },
  {
    name: 'a function that is given by its name counts',
    files: { 'pipeline.ts': `${IMPORT}const run = () => 1\nexport const a = step({ name: 'a' }).implement(run)` },
    edit: { 'pipeline.ts': `${IMPORT}const run = () => 2\nexport const a = step({ name: 'a' }).implement(run)` },
    want: 'differ',
  },
  {
    name: 'a function expression counts',
    files: full('function () { return 1 }'),
    edit: full('function () { return 2 }'),
    want: 'differ',
  },
  {
    name: 'a wrapped function counts',
    files: {
      'pipeline.ts': `${IMPORT}const withLog = (f) => (...x) => f(...x)\nexport const a = step({ name: 'a' }).implement(withLog(() => 1))`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}const withLog = (f) => (...x) => f(...x) + 1\nexport const a = step({ name: 'a' }).implement(withLog(() => 1))`,
    },
    want: 'differ',
  },
  {
    name: 'a declaration that is spread from elsewhere does not hide the function',
    files: {
      'pipeline.ts': `${IMPORT}const base = { cache: true }\nexport const a = step({ ...base, name: 'a' }).implement(() => 1)`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}const base = { cache: true }\nexport const a = step({ ...base, name: 'a' }).implement(() => 2)`,
    },
    callee: `step({ ...base`,
    want: 'differ',
  },
  {
    name: 'a declaration and its function in two statements belong together',
    files: { 'pipeline.ts': `${IMPORT}const d = step({ name: 'a' })\nexport const a = d.implement(() => 1)` },
    edit: { 'pipeline.ts': `${IMPORT}const d = step({ name: 'a' })\nexport const a = d.implement(() => 2)` },
    want: 'differ',
  },
  {
    name: 'a declaration that is implemented twice is not known',
    files: {
      'pipeline.ts': `${IMPORT}const d = step({ name: 'a' })\nexport const a = d.implement(() => 1)\nexport const b = d.implement(() => 3)`,
    },
    edit: {},
    want: 'nocache',
    reason: 'its function is not given where the step is declared',
    runs: false,
  },
  {
    name: 'a cast around step does not hide it',
    files: { 'pipeline.ts': `${IMPORT}export const a = (step as any)({ name: 'a' }).implement(() => 1)` },
    edit: { 'pipeline.ts': `${IMPORT}export const a = (step as any)({ name: 'a' }).implement(() => 2)` },
    callee: 'step as any',
    want: 'differ',
  },
  {
    name: 'step as a member of an own object does not hide it',
    files: {
      'pipeline.ts': `${IMPORT}const local = { step }\nexport const a = local.step({ name: 'a' }).implement(() => 1)`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}const local = { step }\nexport const a = local.step({ name: 'a' }).implement(() => 2)`,
    },
    want: 'differ',
  },
]

function zod(): { readonly [file: string]: string } {
  return {
    'node_modules/zod/package.json': '{ "name": "zod", "version": "4.0.0", "main": "index.js" }',
    'node_modules/zod/index.js': 'exports.z = {}',
    'pipeline.ts': `import { z } from 'zod'\n${IMPORT}export const a = step({ name: 'a', params: z.object({ k: z.number() }) }).implement(({ k }) => k)\n`,
  }
}
