import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

interface Ended {
  readonly stdout: string
  readonly stderr: string
}

const LOADER = JSON.stringify(new URL('../index.ts', import.meta.url).href)
const REGISTER = `import { registerLoader } from ${LOADER}
registerLoader(({ file, problem }) => new Error('REFUSED ' + file + ': ' + problem))
registerLoader(() => new Error('never'))
`

/** Runs `main.ts` of a project, or another file, under the loader. */
async function run(files: Readonly<Record<string, string>>, main = 'main.ts'): Promise<Ended> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn loader ')))
  try {
    const all = { 'package.json': '{ "type": "module" }', 'register.mjs': REGISTER, ...files }
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), text)
    }
    const flags = ['--no-warnings', '--conditions=@cairnml/source', '--import', './register.mjs', main]
    return await new Promise((resolve) => {
      execFile(process.execPath, flags, { cwd: dir }, (_, stdout, stderr) => resolve({ stdout, stderr }))
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** What a project prints. */
async function printed(files: Readonly<Record<string, string>>, main?: string): Promise<string> {
  const { stdout, stderr } = await run(files, main)
  expect(stderr).toBe('')
  return stdout.trimEnd()
}

describe.concurrent('under the loader, a file', () => {
  it('imports without extensions, by the names of JavaScript, and folders', async () => {
    const files = {
      'main.ts': `import { a } from './a'\nimport { b } from './b.js'\nimport { c } from './c'\nimport { d } from './d.mjs'
        console.log(a + b + c + d)`,
      'a.ts': `export const a = 'a'`,
      'b.ts': `export const b = 'b'`,
      'c/index.ts': `export const c = 'c'`,
      'd.mts': `export const d = 'd'`,
    }
    expect(await printed(files)).toBe('abcd')
  })

  it('imports by paths of the tsconfig, after what Node finds', async () => {
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "own": ["./own"], "lib": ["./own"] } } }',
      'main.ts': `import { a } from 'own'\nimport { a as b } from 'lib'\nconsole.log(a, b)`,
      'own.ts': `export const a = 'own'`,
      'node_modules/lib/package.json': '{ "name": "lib", "type": "module", "main": "index.js" }',
      'node_modules/lib/index.js': `export const a = 'lib'`,
    }
    expect(await printed(files)).toBe('own lib')
  })

  it('imports types without saying so', async () => {
    const files = {
      'main.ts': `import { area, Size } from './size'\nconst size: Size = { width: 2 }\nconsole.log(area(size))`,
      'size.ts': 'export interface Size { width: number }\nexport const area = ({ width }: Size) => width * width',
    }
    expect(await printed(files)).toBe('4')
  })

  it('imports JSON as a whole and by its names', async () => {
    const files = {
      'main.ts': `import all, { rate } from './settings.json'\nimport list from './list.json' with { type: 'json' }
        console.log(JSON.stringify(all), rate, list.length)`,
      'settings.json': '{ "rate": 3, "not a name": 1, "default": 2 }',
      'list.json': '[1, 2]',
    }
    expect(await printed(files)).toBe('{"rate":3,"not a name":1,"default":2} 3 2')
  })

  it('requires other CommonJS files, compiled and not', async () => {
    const files = {
      'main.ts': `import old from './old.cjs'\nconsole.log(old.text)`,
      'old.cts': `import plain = require('./plain')\nenum A { a = 'a' }\nexport = { text: A.a + plain.b + require('./data').c }`,
      'plain.cts': `const b: string = 'b'\nexports.b = b`,
      'data.json': '{ "c": "c" }',
    }
    expect(await printed(files)).toBe('abc')
  })

  it.each(['{ "type": "commonjs" }', '{}'])('is a module if it is written as one, whatever %s says', async (json) => {
    const files = {
      'package.json': json,
      'main.ts': `import { A } from './a'\nconst text: string = A.a\nconsole.log(text, import.meta.filename.endsWith('main.ts'))`,
      'a.ts': `import { b } from './b'\nexport enum A { a = b.length }`,
      'b.ts': `export const b: string = 'b'\nawait 1`,
    }
    expect(await printed(files)).toBe('1 true')
  })

  it('has JSX and decorators as its tsconfig says, with helpers that the project need not install', async () => {
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h", "experimentalDecorators": true } }',
      'main.tsx': `const h = (tag: string) => '<' + tag + '>'\nconst seen: string[] = []
        const see = (c: { name: string }) => { seen.push(c.name) }\n@see\nclass A {}\nconsole.log(<b />, seen.join(), A.name)`,
    }
    expect(await printed(files, 'main.tsx')).toBe('<b> A A')
  })

  it('keeps instances of a module apart by their queries', async () => {
    const files = {
      'main.ts': `const one = await import('./a?1'), two = await import('./a?2')\nconsole.log(one !== two, one === await import('./a?1'))`,
      'a.ts': 'export enum A { a }',
    }
    expect(await printed(files)).toBe('true true')
  })

  it('is refused where it cannot be compiled, by the first that was asked to say so', async () => {
    const { stderr } = await run({ 'main.ts': 'enum A { a }\nconst = 1\n' })
    expect(stderr).toMatch(/REFUSED main\.ts: SyntaxError: .*\(main\.ts:2:\d+\)/)
  })

  it('fails as under Node where nothing fits', async () => {
    const { stderr } = await run({ 'main.ts': `import './nowhere'` })
    expect(stderr).toContain('ERR_MODULE_NOT_FOUND')
  })
})
