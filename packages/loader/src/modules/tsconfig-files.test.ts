import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createCompilerSettings } from './compiler-settings.ts'
import { tsconfigFiles } from './tsconfig-files.ts'

let dir = ''

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn tsconfig ')))
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
}

describe('the tsconfig of a folder', () => {
  it('is the nearest one, with all that it extends and refers to', () => {
    write({
      'src/deep/a.ts': '',
      'tsconfig.json': `{ // its own
        "extends": ["./base", "@org/base"], "references": [{ "path": "./app" }, { "path": "./tests.json" }] }`,
      'base.json': '{ "extends": "./lower.json" }',
      'lower.json': '{}',
      'app/tsconfig.json': '{}',
      'tests.json': '{}',
      'node_modules/@org/base/package.json': '{ "name": "@org/base", "tsconfig": "strict.json" }',
      'node_modules/@org/base/strict.json': '{}',
    })
    const { files, absent } = tsconfigFiles(join(dir, 'src/deep'))
    expect(files.map((file) => relative(dir, file)).toSorted()).toEqual([
      'app/tsconfig.json',
      'base.json',
      'lower.json',
      join('node_modules/@org/base/strict.json'),
      'tests.json',
      'tsconfig.json',
    ])
    expect(absent).toEqual([join(dir, 'src/deep/tsconfig.json'), join(dir, 'src/tsconfig.json')])
  })

  it('ends where files extend one another in a circle, or nothing that is there', () => {
    write({ 'tsconfig.json': '{ "extends": ["./a.json", "./gone", "gone"] }', 'a.json': '{ "extends": "./tsconfig" }' })
    expect(tsconfigFiles(dir).files).toEqual([join(dir, 'tsconfig.json'), join(dir, 'a.json')])
  })
})

describe('the settings of a file', () => {
  it('are inherited', () => {
    write({
      'tsconfig.json': '{ "extends": "./base.json", "compilerOptions": { "jsx": "react-jsx" } }',
      'base.json': '{ "compilerOptions": { "jsxImportSource": "tiny", "experimentalDecorators": true } }',
    })
    expect(createCompilerSettings()(join(dir, 'a.tsx'))).toMatchObject({
      jsx: 'react-jsx',
      jsxImportSource: 'tiny',
      experimentalDecorators: true,
      emitDecoratorMetadata: false,
      definesClassFields: true,
    })
  })

  it('are those of Node where no tsconfig includes it', () => {
    write({ 'tsconfig.json': '{ "include": ["src"], "compilerOptions": { "useDefineForClassFields": false } }' })
    const settingsOf = createCompilerSettings()
    expect(settingsOf(join(dir, 'a.ts'))).toMatchObject({ definesClassFields: true })
    expect(settingsOf(join(dir, 'src/a.ts'))).toMatchObject({ definesClassFields: false })
  })

  it.each([
    ['es2022', true],
    ['ESNext', true],
    ['es2021', false],
    ['ES6', false],
  ])('let fields be defined under the target %s: %s', (target, definesClassFields) => {
    write({ 'tsconfig.json': JSON.stringify({ compilerOptions: { target } }) })
    expect(createCompilerSettings()(join(dir, 'a.ts'))).toMatchObject({ definesClassFields })
  })
})
