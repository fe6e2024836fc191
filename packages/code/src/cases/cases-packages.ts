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
  {
    name: 'a package that another one uses without declaring it counts',
    files: { ...using(), ...npm('1.0.0'), ...main(`import { w } from 'user'`, 'w()') },
    edit: npm('1.0.1'),
    want: 'differ',
  },
  {
    name: 'a package that another one may use and that is installed later counts',
    files: {
      ...using(`export const w = async () => (await import('lib').catch(() => ({ x: () => 0 }))).x()`),
      ...main(`import { w } from 'user'`, 'w()'),
    },
    edit: npm('1.0.0'),
    want: 'differ',
  },
  {
    name: 'what a linked workspace package exports counts',
    files: { ...workspace('1', '1'), ...main(`import { used } from '@project/geo'`, 'used()') },
    links: { 'node_modules/@project/geo': 'packages/geo' },
    edit: workspace('2', '1'),
    want: 'differ',
  },
  {
    name: 'what is not used of a linked workspace package does not count',
    files: { ...workspace('1', '1'), ...main(`import { used } from '@project/geo'`, 'used()') },
    links: { 'node_modules/@project/geo': 'packages/geo' },
    edit: workspace('1', '2'),
    want: 'same',
  },
]

/** An installed package that imports `lib` and does not say so. */
function using(text = `import { x } from 'lib'\nexport const w = () => x()`): CaseFiles {
  return {
    'node_modules/user/package.json': JSON.stringify({
      name: 'user',
      version: '1.0.0',
      type: 'module',
      main: 'index.js',
    }),
    'node_modules/user/index.js': text,
  }
}

/** A package of the project's workspace. */
function workspace(used: string, unused: string): CaseFiles {
  return {
    'node_modules/@project/.keep': '',
    'packages/geo/package.json': JSON.stringify({
      name: '@project/geo',
      version: '1.0.0',
      type: 'module',
      main: 'index.ts',
    }),
    'packages/geo/index.ts': `export const used = () => ${used}\nexport const unused = () => ${unused}\n`,
  }
}

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
