import { oneFile, type CaseFiles, type EditCase } from './edit-case.ts'

const importing = (what: string, body: string, files: CaseFiles): CaseFiles => ({
  ...oneFile(`import ${what}`, body),
  ...files,
})
const main = (top: string, body: string): CaseFiles => oneFile(top, body)

/** Packages that are installed, in the version that is installed. */
export const PACKAGE_CASES: readonly EditCase[] = [
  {
    name: 'an npm package in another version counts',
    files: { ...npm('1.0.0'), ...main(`import { x } from 'lib'`, 'x()') },
    edit: npm('1.0.1'),
    want: 'differ',
  },
  {
    name: 'an npm package behind a helper counts',
    files: {
      ...npm('1.0.0'),
      ...importing(`{ f } from './h.ts'`, 'f()', { 'h.ts': `import { x } from 'lib'\nexport const f = () => x()` }),
    },
    edit: npm('1.0.1'),
    want: 'differ',
  },
  {
    name: 'an npm package that is not reached does not count',
    files: { ...npm('1.0.0'), ...main(`import { x } from 'lib'\nexport const g = () => x()`, '1') },
    edit: npm('1.0.1'),
    want: 'same',
  },
  {
    name: 'an unused constant made by an npm package does not count',
    files: { ...npm('1.0.0'), ...main(`import { x } from 'lib'\nexport const log = x()`, '1') },
    edit: npm('1.0.1'),
    want: 'same',
  },
  {
    name: 'a package that is imported for its effect counts',
    files: { ...npm('1.0.0'), ...main(`import 'lib'`, '1') },
    edit: npm('1.0.1'),
    want: 'differ',
  },
]

/** An installed package in some version. */
export function npm(version: string): CaseFiles {
  return {
    'node_modules/lib/package.json': JSON.stringify({
      name: 'lib',
      version,
      type: 'module',
      exports: { '.': './index.js', './sub.js': './sub.js' },
    }),
    'node_modules/lib/index.js': `export const x = () => '${version}'\nexport const y = () => 'y'\nexport default x`,
    'node_modules/lib/sub.js': `export const x = () => 'sub'`,
  }
}
