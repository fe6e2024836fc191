import { STEPS_FILE } from './imports-project.ts'
import { all, replace, type Edit, type TableRow, type TableRows } from './table-row.ts'

/** An edit that makes a step give `changed` in place of its name. */
const value = (edit: string, step: string, file: string): TableRow => ({
  edit,
  apply: replace(file, `'${step}'`, "'changed'"),
  reruns: [step],
  result: { [step]: 'changed' },
})
const unused = (edit: string, file: string): TableRow => ({
  edit,
  apply: replace(file, "'unused'", "'edited'"),
  reruns: [],
})

/** Puts each of two texts in the place of the other. */
const swap = (file: string, one: string, other: string): Edit =>
  all(replace(file, one, '@@'), replace(file, other, one), replace(file, '@@', other))

/** Edits of code in other files than that of the steps. */
export const IMPORTS_ROWS: TableRows = {
  'helper in another project file, also behind a barrel, `export *`, a rename, or a dynamic import: callers only': [
    {
      edit: 'a function that two steps of the same file import',
      apply: replace('src/plain.ts', "'plain'", "'p'"),
      reruns: ['plain', 'both'],
      result: { plain: 'p', both: 'pp' },
    },
    {
      edit: 'a constant three files away',
      apply: replace('src/deep/third.ts', "'ep'", "'ee'"),
      reruns: ['deep'],
      result: { deep: 'deee' },
    },
    { edit: 'a function between', apply: replace('src/deep/second.ts', '=> third', "=> third + ''"), reruns: ['deep'] },
    value('a function behind a barrel', 'barrel', 'src/barrel/listed.ts'),
    value('a function behind `export *`', 'starred', 'src/barrel/starred.ts'),
    value('a function behind two renames', 'renamed', 'src/barrel/renamed.ts'),
    value('a function behind `export * as`', 'nested', 'src/barrel/parts.ts'),
    value('a function of a namespace', 'namespace', 'src/shapes.ts'),
    value('a default export', 'defaulted', 'src/greet.ts'),
    value('a function of a JavaScript file', 'script', 'src/script.js'),
    value('a CommonJS file', 'common', 'src/common.cjs'),
    value('a function behind a name of `imports` in package.json', 'alias', 'src/alias.ts'),
    value('a function behind a dynamic import', 'dynamic', 'src/lazy.ts'),
    value('a function that is taken out of a dynamic import', 'destructured', 'src/choice.ts'),
    {
      edit: 'the barrel, which leads to another function,',
      apply: replace('src/barrel/index.ts', '{ listed } from', '{ other as listed } from'),
      reruns: ['barrel'],
      result: { barrel: 'unused' },
    },
    {
      edit: 'a rename in the file of the steps',
      apply: replace(STEPS_FILE, '{ known as called }', '{ idle as called }'),
      reruns: ['renamed'],
      result: { renamed: 'idle' },
    },
  ],
  'unrelated helper in a file that the step imports: nothing': [
    unused('another function of an imported file', 'src/plain.ts'),
    unused('another function behind a barrel', 'src/barrel/listed.ts'),
    unused('another function behind `export *`', 'src/barrel/starred.ts'),
    unused('another function behind `export * as`', 'src/barrel/parts.ts'),
    unused('another function of a namespace', 'src/shapes.ts'),
    unused('another function beside a default export', 'src/greet.ts'),
    unused('another function of a JavaScript file', 'src/script.js'),
    unused('another function beside one that is taken out of a dynamic import', 'src/choice.ts'),
    {
      edit: 'a file that only the barrel imports',
      apply: replace('src/barrel/idle.ts', "'idle'", "'edited'"),
      reruns: [],
    },
    {
      edit: 'a new function in an imported file',
      apply: (project) => project.write({ 'src/plain.ts': `${project.read('src/plain.ts')}export const late = 1\n` }),
      reruns: [],
    },
    {
      edit: 'a new export of the barrel',
      apply: all(
        (project) => project.write({ 'src/barrel/late.ts': 'export const late = 1\n' }),
        replace('src/barrel/index.ts', 'export { idle }', "export * from './late.ts'\nexport { idle }"),
      ),
      reruns: [],
    },
  ],
  'another step in the same file: that other step only': [
    {
      edit: 'a step among others',
      apply: replace(STEPS_FILE, 'return plain()', "return plain() + ''"),
      reruns: ['plain'],
    },
  ],
  'comment, whitespace, formatting, type annotation, or import order: nothing': [
    {
      edit: 'a comment in each imported file',
      apply: (project) => {
        for (const file of [
          'src/plain.ts',
          'src/barrel/index.ts',
          'src/classes.ts',
          'src/lazy.ts',
          'src/constants.ts',
        ]) {
          project.write({ [file]: `// Edited.\n${project.read(file)}` })
        }
      },
      reruns: [],
    },
    {
      edit: 'a type of a class',
      apply: replace('src/classes.ts', 'static readonly #unit', 'static #unit: string'),
      reruns: [],
    },
    {
      edit: 'the order of exports in a barrel',
      apply: swap('src/barrel/index.ts', "export { listed } from './listed.ts'", "export { idle } from './idle.ts'"),
      reruns: [],
    },
    {
      edit: 'the order of imports of project files',
      apply: swap(STEPS_FILE, "import { plain } from './plain.ts'", "import greet from './greet.ts'"),
      reruns: [],
    },
    {
      edit: 'the layout of a JSON file',
      apply: (project) => project.write({ 'src/labels.json': '{\n  "title":\n    "json"\n}' }),
      reruns: [],
    },
  ],
  'top-level constant, class method, enum or object that the step uses: users only': [
    {
      edit: 'a constant',
      apply: replace('src/constants.ts', 'LIMIT = 1', 'LIMIT = 2'),
      reruns: ['constant'],
      result: { constant: '2' },
    },
    { edit: 'a constant that is not used', apply: replace('src/constants.ts', "'spare'", "'edited'"), reruns: [] },
    value('a member of an object', 'object', 'src/constants.ts'),
    value('an object that stands for an enum', 'enumerated', 'src/constants.ts'),
    {
      edit: 'a method that another class inherits',
      apply: replace('src/classes.ts', "'method'", "'changed'"),
      reruns: ['method', 'inherited'],
      result: { method: 'changed', inherited: 'derived changed' },
    },
    {
      edit: 'a method of a class that extends another one',
      apply: replace('src/classes.ts', "'derived '", "'d '"),
      reruns: ['inherited'],
      result: { inherited: 'd method' },
    },
    value('a static field behind a getter', 'getter', 'src/classes.ts'),
    unused('a class that is not used', 'src/classes.ts'),
  ],
  'JSON file that the step imports: users only': [
    {
      edit: 'a JSON file',
      apply: replace('src/labels.json', '"json"', '"changed"'),
      reruns: ['json'],
      result: { json: 'changed' },
    },
    { edit: 'a JSON file that is not imported', apply: replace('src/unread.json', '"unread"', '"edited"'), reruns: [] },
  ],
}
