import { oneFile, stepText, type CaseFiles, type EditCase } from './edit-case.ts'

const TERMS = 20_000
/** V8 reads it, and none of the functions that walk through code can. */
const DEEP_SUM = Array.from({ length: TERMS }, () => '1').join(' + ')

const refused = (name: string, files: CaseFiles, reason: string): EditCase => ({
  name,
  files,
  edit: {},
  want: 'nocache',
  reason,
  runs: false,
})

/** Code that nobody writes by hand, and names that lead nowhere. */
export const ODD_CASES: readonly EditCase[] = [
  refused(
    'a constant that is nested too deeply is refused',
    { 'sum.ts': `\n\nexport const sum = ${DEEP_SUM}`, ...oneFile(`import { sum } from './sum.ts'`, 'sum') },
    'code is nested too deeply (sum.ts:',
  ),
  refused(
    'a module that is nested too deeply and fills a registry is refused',
    {
      'reg.ts': 'export const reg: number[] = []',
      'plug.ts': `import { reg } from './reg.ts'\nreg.push(${DEEP_SUM})`,
      ...oneFile(`import { reg } from './reg.ts'\nimport './plug.ts'`, 'reg.length'),
    },
    'which may change what the step reads (plug.ts:',
  ),
  refused(
    'a module that cannot be parsed and may patch a global is refused',
    { 'plug.ts': 'Array.prototype.at = 1 1', ...oneFile(`import './plug.ts'`, '[1].at(0)') },
    'which may change what the step reads (plug.ts:1)',
  ),
  refused(
    'a class with fields under a tsconfig that extends nothing is refused',
    { ...oneFile('class A { n = 1 }', 'new A().n'), 'tsconfig.json': '{ "extends": "./gone.json" }' },
    'its tsconfig decides, which cannot be read (pipeline.ts:2)',
  ),
  {
    name: 'a tsconfig that cannot be read matters to no other code',
    files: { ...oneFile('const x = 1', 'x'), 'tsconfig.json': 'null' },
    edit: oneFile('const x = 2', 'x'),
    want: 'differ',
  },
  ...['file://host/x.ts', 'file:///%zz', './a\\0b', `./${'x'.repeat(5000)}`].map((specifier) =>
    refused(
      `an import of ${specifier.slice(0, 20)} is refused`,
      oneFile('', `import('${specifier}').catch(() => 1)`),
      'it imports',
    ),
  ),
  ...['file://host/x.ts', 'file:///%zz', './a\\0b', `./${'x'.repeat(5000)}`].map((specifier): EditCase => ({
    name: `a file named by ${specifier.slice(0, 20)} is not there`,
    files: oneFile('const x = 1', `[String(new URL('${specifier}', import.meta.url)), x].length`),
    edit: oneFile('const x = 2', `[String(new URL('${specifier}', import.meta.url)), x].length`),
    want: 'differ',
    runs: false,
  })),
  {
    name: 'a file that begins with a byte order mark and a line for the shell counts by its text',
    files: {
      'lib.ts': '\uFEFF#!/usr/bin/env node\r\nexport const x = 1\r\n',
      'pipeline.ts': stepText(`import { x } from './lib.ts'`, 'x').replaceAll('\n', '\r\n'),
    },
    edit: { 'lib.ts': '\uFEFF#!/usr/bin/env node\r\nexport const x = 2\r\n' },
    want: 'differ',
  },
]
