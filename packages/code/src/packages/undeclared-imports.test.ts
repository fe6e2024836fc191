import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { InstalledTree } from './installed-tree.fixture.ts'
import { undeclaredImports } from './undeclared-imports.ts'

const found = (text: string, path = 'index.js'): readonly string[] => {
  using tree = new InstalledTree()
  const file = join(tree.file(path, text).dir, path)
  const dependencies = ['declared', '@scope/declared']
  return undeclaredImports(file, {
    dir: tree.dir,
    name: 'own',
    dependencies,
    optional: new Set(),
    isForSomeSystems: false,
  })
}

describe('packages that a package uses without declaring them', () => {
  it.each([
    `import { g } from "dep"`,
    `import 'dep'`,
    `import*as d from"dep"`,
    `export * from 'dep'`,
    `const d = require('dep')`,
    `const d = await import("dep")`,
  ])('are found in: %s', (text) => expect(found(text)).toEqual(['dep']))

  it('are said with what they are asked for', () => {
    expect(found(`import 'dep/sub.js'; import "@scope/dep"; require('@scope/dep/sub')`)).toEqual([
      '@scope/dep',
      '@scope/dep/sub',
      'dep/sub.js',
    ])
  })

  it('are not those that are declared, the package itself, paths, addresses, own names and modules of Node', () => {
    const specifiers = ['declared', 'declared/sub', '@scope/declared', 'own', 'own/sub', './dep', '../dep', '/dep']
    const others = ['#dep', 'https://x.org/dep', 'data:text/javascript,1', 'fs', 'node:fs', 'fs/promises', 'cairnml']
    expect(found([...specifiers, ...others].map((one) => `import '${one}'`).join('\n'))).toEqual([])
  })

  it('are not looked for in what is no code of a package, or is not there', () => {
    expect(found(`import 'dep'`, 'index.txt')).toEqual([])
    expect(found(`import 'dep'\n${' '.repeat(1_000_001)}`)).toEqual([])
    const manifest = { dir: '/', name: 'own', dependencies: [], optional: new Set<string>(), isForSomeSystems: false }
    expect(undeclaredImports('/nowhere/index.js', manifest)).toEqual([])
  })
})
