import { OUTSIDE_MAIN, OUTSIDE_STEPS } from './outside-project.ts'
import { replace, type TableRows } from './table-row.ts'

/** Changes of what lies outside of code, parameters and inputs. */
export const OUTSIDE_ROWS: TableRows = {
  'declared file, URL or env value changed; undeclared `process.env.X` in reach changed: that step': [
    {
      edit: 'the content of a declared file',
      apply: replace('data/a.csv', 'a', 'c'),
      reruns: ['filed'],
      result: { filed: 'c,b' },
    },
    {
      edit: 'a file that is new in a declared set',
      apply: (project) => project.write({ 'data/c.csv': 'c\n' }),
      reruns: ['filed'],
      result: { filed: 'a,b,c' },
    },
    {
      edit: 'a file that is gone from a declared set',
      apply: (project) => project.remove('data/b.csv'),
      reruns: ['filed'],
      result: { filed: 'a' },
    },
    {
      edit: 'a file in a declared folder',
      apply: replace('folder/in/deep.txt', 'deep', 'deeper'),
      reruns: ['foldered'],
      result: { foldered: 'deeper' },
    },
    { edit: 'a file that is not declared', apply: replace('data/notes.txt', 'not', 'never'), reruns: [] },
    {
      edit: 'a declared file that is written again with the same content',
      apply: (project) => project.write({ 'data/a.csv': project.read('data/a.csv') }),
      reruns: [],
    },
    { edit: 'a declared variable', env: { RATE: '2' }, reruns: ['tuned'], result: { tuned: '2' } },
    { edit: 'a variable that the code reads', env: { MODE: 'slow' }, reruns: ['moded'], result: { moded: 'slow' } },
    { edit: 'a variable that nothing reads', env: { OTHER: 'x', LANG: 'de_DE.UTF-8', USER: 'somebody' }, reruns: [] },
  ],
  'declared secret rotated: nothing': [
    { edit: 'a declared secret', env: { API_TOKEN: 'token-2' }, reruns: [] },
    { edit: 'a declared secret that the code reads as a variable', env: { CAPTION: 'another' }, reruns: [] },
    { edit: 'a variable that is a secret by its name', env: { SERVICE_KEY: 'key-2' }, reruns: [] },
  ],
  '`key`: that step': [
    {
      edit: 'what the function gives',
      apply: replace('key.txt', 'one', 'two'),
      reruns: ['keyed'],
      result: { keyed: 'two' },
    },
  ],
  '`ignore`: nothing': [
    { edit: 'a parameter that is left out', apply: replace(OUTSIDE_MAIN, 'threads: 1', 'threads: 2'), reruns: [] },
    {
      edit: 'an input that is left out',
      apply: replace(OUTSIDE_MAIN, 'note: steps.filed({}', 'note: steps.foldered({}'),
      reruns: [],
    },
    { edit: 'a variable that is left out', env: { NOISE: 'louder' }, reruns: [] },
    {
      edit: 'a package that is left out',
      apply: replace('node_modules/noisy/package.json', '1.0.0', '2.0.0'),
      reruns: [],
    },
    {
      edit: 'code of such a step',
      apply: replace('src/noise.ts', "'quiet'", "'silent'"),
      reruns: ['ignoring'],
    },
  ],
  '`codeVersion`: replaces the code': [
    { edit: 'the code', apply: replace(OUTSIDE_STEPS, "return 'coded'", "return 'co' + 'ded'"), reruns: [] },
    {
      edit: 'the version',
      apply: replace(OUTSIDE_STEPS, "codeVersion: '3'", "codeVersion: '4'"),
      reruns: ['versioned'],
    },
  ],
  '`expires`: that step when the time is over': [
    { edit: 'a longer time', apply: replace(OUTSIDE_MAIN, "'1h'", "'2d'"), reruns: [] },
    { edit: 'no time', apply: replace(OUTSIDE_MAIN, ".with({ expires: '1h' })", ''), reruns: [] },
  ],
}
