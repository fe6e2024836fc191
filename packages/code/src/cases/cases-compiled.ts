import { IMPORT, oneFile, stepText, type CaseFiles, type EditCase } from './edit-case.ts'

const COMPONENT = `${IMPORT}export const a = step({ name: 'a' }).implement(() => <b />)`
const DECORATED = oneFile('const d = (_: unknown, __?: unknown) => {}\n@d class C { m() { return 1 } }', 'new C().m()')

const CASES: readonly EditCase[] = [
  helper('behind a path of a tsconfig that is inherited', 'own', {
    'tsconfig.json': '{ "extends": "./base" }',
    'base.json': '{ "compilerOptions": { "paths": { "own": ["./src/h.ts"] } } }',
  }),
  helper('behind baseUrl', 'src/h', settings({ baseUrl: '.' })),
  helper('without an extension', './src/h'),
  helper('by the name that it has as JavaScript', './src/h.js'),
  helper('in the index of a folder', './src', { 'src/index.ts': `export * from './h'` }),
  {
    name: 'a path of a tsconfig that leads elsewhere counts',
    files: {
      ...settings({ paths: { own: ['./one.ts'] } }),
      'one.ts': 'export const f = () => 1',
      'two.ts': 'export const f = () => 2',
      ...oneFile(`import { f } from 'own'`, 'f()'),
    },
    edit: settings({ paths: { own: ['./two.ts'] } }),
    want: 'differ',
  },
  refused('files that runners choose differently', 'both there', {
    ...oneFile(`import { f } from './h'`, 'f()'),
    'h.ts': 'export const f = () => 1',
    'h.js': 'export const f = () => 2',
  }),
  refused('files behind a path that runners choose differently', 'both there', {
    ...settings({ paths: { '@/*': ['./src/*'] } }),
    ...oneFile(`import { f } from '@/h'`, 'f()'),
    'src/h.ts': 'export const f = () => 1',
    'src/h.js': 'export const f = () => 2',
  }),
  {
    name: 'a file that comes before another one of the same path counts',
    files: {
      ...settings({ paths: { '@/*': ['./first/*', './src/*'] } }),
      ...oneFile(`import { f } from '@/h'`, 'f()'),
      'src/h.ts': 'export const f = () => 1',
    },
    edit: { 'first/h.ts': 'export const f = () => 2' },
    want: 'differ',
  },
  refused('a file beside what it was built to', 'both there', {
    ...oneFile(`import { f } from './h.js'`, 'f()'),
    'h.ts': 'export const f = () => 1',
    'h.js': 'export const f = () => 1',
  }),
  {
    name: 'JavaScript and what it imports has nothing beside it that counts',
    files: {
      'pipeline.js': stepText(`import { f } from './h.js'`, 'f()'),
      'h.ts': 'export const f = () => 1',
      'h.js': 'export const f = () => 2',
    },
    edit: { 'h.ts': 'export const f = () => 3' },
    want: 'same',
    file: 'pipeline.js',
  },
  {
    name: 'an experimental decorator counts',
    files: { ...settings({ experimentalDecorators: true }), ...DECORATED },
    edit: oneFile(
      'const d = (c: { prototype: { m(): number } }) => { c.prototype.m = () => 2 }\n@d class C { m() { return 1 } }',
      'new C().m()',
    ),
    want: 'differ',
  },
  {
    name: 'decorators of another kind count',
    files: { ...settings({ experimentalDecorators: false }), ...DECORATED },
    edit: settings({ experimentalDecorators: true }),
    want: 'differ',
  },
  refused('decorators that are given types', 'lets types become values', {
    ...settings({ experimentalDecorators: true, emitDecoratorMetadata: true }),
    ...DECORATED,
  }),
  refused('fields that are assigned', 'lets them be assigned', {
    ...settings({ useDefineForClassFields: false }),
    ...oneFile('class C { x = 1 }', 'new C().x'),
  }),
  refused('fields that an old target assigns', 'lets them be assigned', {
    ...settings({ target: 'es2021' }),
    ...oneFile('class C { x?: number }', 'Object.keys(new C())'),
  }),
  {
    name: 'a target with fields does not count',
    files: { ...settings({ target: 'es2022' }), ...oneFile('class C { x = 1 }', 'new C().x') },
    edit: settings({ target: 'esnext' }),
    want: 'same',
  },
  {
    name: 'settings of code that is not reached do not count',
    files: { ...settings({}), ...oneFile('class C { x = 1 }\nexport { C }', '1') },
    edit: settings({ useDefineForClassFields: false }),
    want: 'same',
  },
  component('another runtime of JSX counts', settings({ jsx: 'react-jsx', jsxImportSource: 'other' })),
  component('the runtime of JSX of an inherited tsconfig counts', {
    'tsconfig.json': '{ "extends": "./base.json", "compilerOptions": { "jsx": "react-jsx" } }',
    'base.json': '{ "compilerOptions": { "jsxImportSource": "other" } }',
  }),
  component('a runtime of JSX that a comment names counts', {
    'pipeline.tsx': `/** @jsxImportSource other */\n${COMPONENT}`,
  }),
  {
    ...component('a comment that compiles JSX otherwise is refused', { 'pipeline.tsx': `/** @jsx h */\n${COMPONENT}` }),
    want: 'nocache',
    reason: 'a comment',
  },
  {
    name: 'a function that elements are made by counts',
    files: {
      ...settings({ jsx: 'react', jsxFactory: 'h' }),
      'h.ts': 'export const h = (name: string) => name',
      'pipeline.tsx': `import { h } from './h.ts'\n${COMPONENT}`,
    },
    edit: { 'h.ts': 'export const h = (name: string) => name + 1' },
    want: 'differ',
    file: 'pipeline.tsx',
  },
  { ...refused('JSX that nobody compiles', 'does not say', { 'pipeline.tsx': COMPONENT }), file: 'pipeline.tsx' },
]

/**
 * Code that Node does not run as it is written: what its tsconfig says counts with it. Nothing of it runs without a
 * loader.
 */
export const COMPILED_CASES: readonly EditCase[] = CASES.map((one) => ({ ...one, runs: false }))

/** An edit to a helper that is imported in a way that Node does not know. */
function helper(name: string, specifier: string, files: CaseFiles = {}): EditCase {
  return {
    name: `a helper ${name} counts`,
    files: { ...oneFile(`import { f } from '${specifier}'`, 'f()'), 'src/h.ts': 'export const f = () => 1', ...files },
    edit: { 'src/h.ts': 'export const f = () => 2' },
    want: 'differ',
  }
}

/** An edit to a project with an element, where two runtimes are installed. */
function component(name: string, edit: CaseFiles): EditCase {
  const files = {
    ...runtime('react'),
    ...runtime('other'),
    ...settings({ jsx: 'react-jsx' }),
    'pipeline.tsx': COMPONENT,
  }
  return { name, files, edit, want: 'differ', file: 'pipeline.tsx' }
}

function runtime(name: string): CaseFiles {
  const manifest = { name, version: '1.0.0', exports: { './jsx-runtime': './j.js' } }
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify(manifest),
    [`node_modules/${name}/j.js`]: `export const jsx = (tag) => '${name} ' + tag`,
  }
}

function settings(compilerOptions: Readonly<Record<string, unknown>>): CaseFiles {
  return { 'tsconfig.json': JSON.stringify({ compilerOptions }) }
}

function refused(name: string, reason: string, files: CaseFiles): EditCase {
  return { name: `${name} are refused`, files, edit: {}, want: 'nocache', reason }
}
