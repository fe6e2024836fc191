import { oneFile, type EditCase } from '../cases/edit-case.ts'

/** Steps whose text is refused, for reasons that the table of edits does not have. */
export const REFUSED_CASES: readonly EditCase[] = [
  refused('native code by its path', oneFile('', 'process.dlopen({} as never, "x")')),
  refused('bindings of Node', oneFile('', '(process as never as { binding(name: string): object }).binding("fs")')),
  refused('bindings of Node, plainly', { 'pipeline.js': step("process.binding('fs')") }),
  refused('modules that are resolved later', oneFile('', 'import.meta.resolve("./x")')),
  refused('the prompt of Node', oneFile(`import { start } from 'node:repl'`, 'start')),
  refused('the inspector', oneFile(`import { Session } from 'node:inspector'`, 'new Session()')),
  refused('the inspector by promises', oneFile(`import { Session } from 'node:inspector/promises'`, 'new Session()')),
  refused('a module of Node by a computed name', oneFile(`const name = 'fs'`, 'process.getBuiltinModule(name)')),
  refused('a module that is no file', oneFile(`import x from 'https://example.org/x.js'`, 'x')),
  refused('a package that is not installed', oneFile(`import x from 'not-there'`, 'x')),
  refused('paths that only a bundler follows', {
    ...oneFile(`import { x } from 'lib'`, 'x'),
    'tsconfig.json': '{ "compilerOptions": { "paths": { "lib": ["./own.ts"] } } }',
    'own.ts': 'export const x = 1',
    'node_modules/lib/package.json': '{ "name": "lib", "version": "1.0.0", "main": "index.js" }',
    'node_modules/lib/index.js': 'exports.x = 1',
  }),
  refused('a package without a name', {
    ...oneFile(`import { x } from 'bare'`, 'x'),
    'node_modules/bare/package.json': '{ "main": "index.js" }',
    'node_modules/bare/index.js': 'exports.x = 1',
  }),
  refused('a class with fields under a tsconfig that extends nothing', {
    ...oneFile('class A { n = 1 }', 'new A().n'),
    'tsconfig.json': '{ "extends": "./gone.json" }',
  }),
  refused('a captured variable that changes', oneFile('', '{ let n = 0; return () => ++n }')),
]

function refused(name: string, files: EditCase['files']): EditCase {
  const [file = ''] = Object.keys(files)
  return { name, files, edit: {}, want: 'nocache', file }
}

function step(body: string): string {
  return `import { step } from 'cairnml'\nexport const a = step({ name: 'a' }).implement(() => ${body})\n`
}
