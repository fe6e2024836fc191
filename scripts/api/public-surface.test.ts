import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { publicSurface, type PublicSurface } from './public-surface.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-api-'))
})

afterEach(() => rm(folder, { recursive: true }))

/** The surface of `index.d.ts` among files given without their ending. */
async function surface(files: Readonly<Record<string, string>>): Promise<PublicSurface> {
  for (const [name, code] of Object.entries(files)) await writeFile(join(folder, `${name}.d.ts`), code)
  return publicSurface(join(folder, 'index.d.ts'))
}

describe('publicSurface', () => {
  it('follows re-exports to declarations, sorted by exported name', async () => {
    const { exported } = await surface({
      index: "export { b as a } from './b.ts';\nexport * from './c.ts';",
      b: 'export declare const b: number;',
      c: "export { d } from './d.js';\nexport interface C { }",
      d: 'export declare function d(): void;',
    })
    expect(exported).toEqual([
      'export interface C { }',
      'declare const b: number;\nexport { b as a }',
      'export declare function d(): void;',
    ])
  })

  it('keeps overloads together', async () => {
    const { exported } = await surface({
      index: 'export declare function f(a: string): string;\nexport declare function f(a: number): number;',
    })
    expect(exported).toEqual([
      'export declare function f(a: string): string;\nexport declare function f(a: number): number;',
    ])
  })

  it('lists declarations that are reached without being exported, once', async () => {
    const { reached } = await surface({
      index:
        "import type { Inner } from './inner.ts';\ntype Near = Inner;\nexport type A = Near;\nexport type B = Near;",
      inner: "export type Inner = import('./deep.ts').Deep;",
      deep: 'export type Deep = 1;\nexport type Unused = 2;',
    })
    expect(reached).toEqual(['type Deep = 1;', "type Inner = import('./deep.ts').Deep;", 'type Near = Inner;'])
  })

  it('does not take the name of a member or a parameter for a reference', async () => {
    const { reached } = await surface({
      index: 'declare const step: 1;\nexport interface A { step: 2; run(step: number): void; }',
    })
    expect(reached).toEqual([])
  })

  it('names what comes from other packages', async () => {
    const { exported } = await surface({
      index: "import { z } from 'zod';\nexport { z };\nexport { a as b } from 'pkg';\nexport * from 'all';",
    })
    expect(exported).toEqual(["export * from 'all'", "export { a as b } from 'pkg'", "export { z } from 'zod'"])
  })

  it('says which exports are types only', async () => {
    const { exported } = await surface({
      index: "export type { A, B } from './a.ts';\nexport { type C, D } from 'pkg';",
      a: 'export declare class A { }\nexport interface B { }',
    })
    expect(exported).toEqual([
      'declare class A { }\nexport type { A }',
      'export interface B { }',
      "export type { C } from 'pkg'",
      "export { D } from 'pkg'",
    ])
  })

  it('gives a default export under its own name', async () => {
    const { exported } = await surface({ index: 'declare const plugin: 1;\nexport default plugin;' })
    expect(exported).toEqual(['declare const plugin: 1;\nexport { plugin as default }'])
  })

  it('drops comments, not what looks like one in a text', async () => {
    const { exported } = await surface({
      index: "/** Doc. */\nexport interface A {\n  /** Glob. */\n  glob: 'src/**/*.ts'; // note\n}",
    })
    expect(exported).toEqual(["export interface A {\n  glob: 'src/**/*.ts';\n}"])
  })
})
