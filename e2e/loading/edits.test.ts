import { all, describeRows, replace, type TableSubject } from '../cache/table-row.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'
import { MAIN, RESULT, STEPS, typescriptProject } from './typescript-project.ts'

const SUBJECT: TableSubject = { make: typescriptProject, main: MAIN, steps: STEPS, result: RESULT }

const OTHER_RUNTIME = {
  'node_modules/loud/package.json':
    '{ "name": "loud", "version": "1.0.0", "type": "module", "exports": { "./jsx-runtime": "./runtime.js" } }',
  'node_modules/loud/runtime.js': `export const jsx = (tag, { children }) => tag + '!' + children\n`,
}

describeRows('between two runs of code that a loader compiles', SUBJECT, {
  'nothing: nothing': [{ edit: 'no edit', reruns: [] }],
  'helper in another project file, also behind a barrel, a rename, or a dynamic import: callers only': [
    {
      edit: 'a helper behind a path of the tsconfig',
      apply: replace('src/scale.ts', '* 2', '* 3'),
      reruns: ['aliased'],
      result: { aliased: 12 },
    },
    {
      edit: 'a helper behind an index folder and a barrel',
      apply: replace('src/folder/area.ts', 'width * width', 'width + width'),
      reruns: ['foldered'],
      result: { foldered: 6 },
    },
    {
      edit: 'a helper behind an import without extension',
      apply: replace('src/greeting.ts', `'dear'`, `'oh'`),
      reruns: ['lettered'],
      result: { lettered: 'oh reader' },
    },
    {
      edit: 'a TypeScript file that is imported as JavaScript',
      apply: replace('src/built.ts', `'built'`, `'rebuilt'`),
      reruns: ['built'],
      result: { built: 'rebuilt' },
    },
    {
      edit: 'a component',
      apply: replace('src/hello.tsx', '<b>{name}</b>', '<i>{name}</i>'),
      reruns: ['component'],
      result: { component: '<i>hello</i>' },
    },
    {
      edit: 'an .mts file',
      apply: replace('src/modular.mts', `'mts'`, `'m'`),
      reruns: ['modular'],
      result: { modular: 'm' },
    },
  ],
  'top-level constant, class method, enum or object that the step uses: users only': [
    {
      edit: 'an enum',
      apply: replace('src/kinds.ts', `'m'`, `'metre'`),
      reruns: ['enumerated'],
      result: { enumerated: 'metre' },
    },
    { edit: 'an enum that is not used', apply: replace('src/kinds.ts', `'none'`, `'nothing'`), reruns: [] },
    {
      edit: 'a namespace',
      apply: replace('src/kinds.ts', `'north'`, `'south'`),
      reruns: ['namespaced'],
      result: { namespaced: 'south' },
    },
    {
      edit: 'a parameter property',
      apply: all(
        replace('src/letter.ts', 'private readonly name: string', 'private readonly reader: string'),
        replace('src/letter.ts', 'this.name', `this.reader + '!'`),
      ),
      reruns: ['lettered'],
      result: { lettered: 'dear reader!' },
    },
    {
      edit: 'a decorator',
      apply: replace('src/said.ts', 'said().toUpperCase()', `said() + '!'`),
      reruns: ['decorated'],
      result: { decorated: 'hey!' },
    },
  ],
  'JSON file that the step imports: users only': [
    {
      edit: 'a JSON file',
      apply: replace('src/settings.json', '3', '4'),
      reruns: ['configured'],
      result: { configured: 4 },
    },
  ],
  'settings of the compiler: users only': [
    {
      edit: 'a path of an inherited tsconfig',
      apply: (project: TemporaryProject): void => {
        project.write({ 'other/scale.ts': 'export const scale = (value: number): number => value * 5\n' })
        project.edit('tsconfig.base.json', './src/*', './other/*')
      },
      reruns: ['aliased'],
      result: { aliased: 20 },
    },
    {
      edit: 'the runtime of JSX',
      apply: (project: TemporaryProject): void => {
        project.write(OTHER_RUNTIME)
        project.edit('tsconfig.json', '"tiny"', '"loud"')
      },
      reruns: ['component'],
      result: { component: 'b!hello' },
    },
    {
      edit: 'a setting that changes no code',
      apply: replace('tsconfig.json', '"resolveJsonModule": true', '"resolveJsonModule": true, "strict": true'),
      reruns: [],
    },
  ],
})
