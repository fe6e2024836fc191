import { symlinkSync } from 'node:fs'
import path from 'node:path'

import { REPOSITORY } from '../project/installed-packages.ts'
import {
  temporaryProject,
  type CommandResult,
  type ProjectFiles,
  type TemporaryProject,
} from '../project/temporary-project.ts'

/** What can run the project. */
export type Runner = 'cairn run' | 'node --import cairnml/register' | 'tsx' | 'vitest'

/** The file that runs the pipeline. */
export const MAIN = 'main.ts'

/** Each step, by what it needs that plain Node does not load. */
export const STEPS: readonly string[] = [
  'aliased',
  'built',
  'component',
  'configured',
  'decorated',
  'enumerated',
  'foldered',
  'lettered',
  'modular',
  'namespaced',
]

/** What the steps give. */
export const RESULT: Readonly<Record<string, unknown>> = {
  aliased: 8,
  built: 'built',
  component: '<b>hello</b>',
  configured: 3,
  decorated: 'HEY',
  enumerated: 'm',
  foldered: 9,
  lettered: 'dear reader',
  modular: 'mts',
  namespaced: 'north',
}

const RUNTIME: ProjectFiles = {
  'node_modules/tiny/package.json': `{ "name": "tiny", "version": "1.0.0", "type": "module",
  "exports": { "./jsx-runtime": "./runtime.js", "./jsx-dev-runtime": "./runtime.js" } }`,
  'node_modules/tiny/runtime.js': `export const jsx = (tag, { children }) => '<' + tag + '>' + children + '</' + tag + '>'
export const jsxs = jsx
export const jsxDEV = jsx
`,
}

const SETTINGS: ProjectFiles = {
  'tsconfig.json': `{
  // Comments and inherited settings.
  "extends": "./tsconfig.base.json",
  "compilerOptions": {
    "module": "esnext", "moduleResolution": "bundler", "target": "es2022",
    "jsx": "react-jsx", "jsxImportSource": "tiny", "resolveJsonModule": true
  }
}
`,
  'tsconfig.base.json': `{
  "compilerOptions": { "experimentalDecorators": true, "paths": { "@/*": ["./src/*"], "folder": ["./src/folder"] } }
}
`,
  'vitest.config.ts': `export default {
  resolve: { tsconfigPaths: true },
  test: { fsModuleCache: false, disableConsoleIntercept: true, testTimeout: 60_000 },
}
`,
}

const SOURCES: ProjectFiles = {
  'src/scale.ts': 'export const scale = (value: number): number => value * 2\n',
  'src/folder/index.ts': `export * from './area'\n`,
  'src/folder/area.ts': `export interface Size {\n  width: number\n}\nexport const area = ({ width }: Size) => width * width\n`,
  'src/kinds.ts': `export enum Unit {
  Metre = 'm',
  Foot = 'ft',
}
export enum Spare {
  None = 'none',
}
export namespace Compass {
  export const up = 'north'
}
`,
  'src/letter.ts': `import { greeting } from './greeting'\n
export class Letter {
  constructor(private readonly name: string) {}
  get text() {
    return greeting + ' ' + this.name
  }
}
`,
  'src/greeting.ts': `export const greeting: string = 'dear'\n`,
  'src/hello.tsx': 'export const hello = (name: string) => <b>{name}</b>\n',
  'src/settings.json': '{ "rate": 3 }\n',
  'src/modular.mts': `export enum Module {\n  Name = 'mts',\n}\n`,
  'src/built.ts': `export const built = 'built' as const\n`,
  'src/said.ts': `function loud(_: unknown, __: string, property: PropertyDescriptor) {
  const said: () => string = property.value
  property.value = () => said().toUpperCase()
}
export class Said {
  @loud
  word() {
    return 'hey'
  }
}
`,
}

/** The text of a step that says when it executes. */
function step(name: string, type: 'number' | 'string', value: string): string {
  return `const ${name} = step({ name: '${name}', output: z.${type}() }).implement(() => (ran('${name}'), ${value}))\n`
}

const PROGRAM = `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'
import { scale } from '@/scale'
import { area, Size } from 'folder'
import { built } from './src/built.js'
import { hello } from './src/hello'
import { Compass, Unit } from './src/kinds'
import { Letter } from './src/letter'
import { Module } from './src/modular.mjs'
import { Said } from './src/said'
import settings from './src/settings.json'

const size: Size = { width: 3 }
${[
  step('aliased', 'number', 'scale(4)'),
  step('built', 'string', 'built'),
  step('component', 'string', `String(hello('hello'))`),
  step('configured', 'number', 'settings.rate'),
  step('decorated', 'string', 'new Said().word()'),
  step('enumerated', 'string', 'Unit.Metre'),
  step('foldered', 'number', 'area(size)'),
  step('lettered', 'string', `new Letter('reader').text`),
  step('modular', 'string', 'Module.Name'),
  step('namespaced', 'string', 'Compass.up'),
]
  .join('')
  .replace('const built =', 'const built_ =')}
const p = pipeline({
  name: 'p',
  build: () => ({
    aliased: aliased(), built: built_(), component: component(), configured: configured(), decorated: decorated(),
    enumerated: enumerated(), foldered: foldered(), lettered: lettered(), modular: modular(), namespaced: namespaced(),
  }),
})
const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, value] of Object.entries(result)) values[name] = await value.load()
console.log('RESULT ' + JSON.stringify(values))
`

/** A project of ordinary TypeScript, little of which plain Node loads. */
export function typescriptProject(): TemporaryProject {
  const test = `import { it } from 'vitest'\n\nit('runs', () => import('./main'))\n`
  const project = temporaryProject({ ...RUNTIME, ...SETTINGS, ...SOURCES, [MAIN]: PROGRAM, 'main.test.ts': test })
  link(project, 'tsx', 'e2e/node_modules/tsx')
  link(project, 'vitest', 'node_modules/vitest')
  return project
}

/** Runs the project to its end. */
export function runBy(runner: Runner, project: TemporaryProject): Promise<CommandResult> {
  switch (runner) {
    case 'cairn run':
      return project.run(MAIN)
    case 'node --import cairnml/register':
      return executed(project, '--import', 'cairnml/register', MAIN)
    case 'tsx':
      return executed(project, 'node_modules/tsx/dist/cli.mjs', MAIN)
    case 'vitest':
      return executed(project, 'node_modules/vitest/vitest.mjs', 'run')
  }
}

function executed(project: TemporaryProject, ...args: readonly string[]): Promise<CommandResult> {
  return project.execute([process.execPath, ...args], { env: { NO_COLOR: '1' } }).ended
}

function link(project: TemporaryProject, name: string, folder: string): void {
  symlinkSync(path.join(REPOSITORY, folder), project.path(path.join('node_modules', name)), 'junction')
}
