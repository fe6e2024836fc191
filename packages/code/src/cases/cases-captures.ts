import { IMPORT, type EditCase } from './edit-case.ts'

const factory = (body: string, calls: string): { 'pipeline.ts': string } => ({
  'pipeline.ts': `${IMPORT}const make = (k: number) => step({ name: 'a' }).implement(() => ${body})\n${calls}`,
})

/** Steps that are made inside of functions and loops: what they capture is read from the live function. */
export const CAPTURE_CASES: readonly EditCase[] = [
  {
    name: 'the body of a step that a factory makes counts',
    files: factory('k', 'export const a = make(1)'),
    edit: factory('k + 1', 'export const a = make(1)'),
    want: 'differ',
    captures: ['k'],
  },
  {
    name: 'another call of a factory does not count',
    files: factory('k', 'export const a = make(1)\nexport const b = make(2)'),
    edit: factory('k', 'export const a = make(1)\nexport const b = make(3)'),
    want: 'same',
    captures: ['k'],
  },
  {
    name: 'a step in a loop captures its variable',
    files: {
      'pipeline.ts': `${IMPORT}export const all = []\nfor (const k of [1, 2]) all.push(step({ name: 'a' }).implement(() => k))`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}export const all = []\nfor (const k of [1, 2]) all.push(step({ name: 'a' }).implement(() => k + 1))`,
    },
    want: 'differ',
    captures: ['k'],
    runs: false,
  },
  {
    name: 'a name that a nested function captures is captured',
    files: factory('[1].map((x) => x + k)', 'export const a = make(1)'),
    edit: factory('[1].map((x) => x - k)', 'export const a = make(1)'),
    want: 'differ',
    captures: ['k'],
  },
  {
    name: 'this that an arrow of a method captures is captured',
    files: {
      'pipeline.ts': `${IMPORT}class Maker { n = 1; make() { return step({ name: 'a' }).implement(() => this.n) } }\nexport const a = new Maker().make()`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}class Maker { n = 1; make() { return step({ name: 'a' }).implement(() => this.n + 1) } }\nexport const a = new Maker().make()`,
    },
    want: 'differ',
    captures: ['this'],
  },
  {
    name: 'this of a function in the step itself is not captured',
    files: factory('({ n: 1, get() { return (() => this.n)() } }).get()', 'export const a = make(1)'),
    edit: factory('({ n: 2, get() { return (() => this.n)() } }).get()', 'export const a = make(1)'),
    want: 'differ',
  },
  {
    name: 'a function of a factory around the step is captured',
    files: {
      'pipeline.ts': `${IMPORT}function make() { const f = () => 1; return step({ name: 'a' }).implement(() => f()) }\nexport const a = make()`,
    },
    edit: {
      'pipeline.ts': `${IMPORT}function make() { const f = () => 1; return step({ name: 'a' }).implement(() => f() + 1) }\nexport const a = make()`,
    },
    want: 'differ',
    captures: ['f'],
  },
]
