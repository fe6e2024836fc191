import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, it } from 'vitest'

import { digestOf, STEPS, TemporaryProject, type ProjectFiles } from '../closure/temporary-project.fixture.ts'

type Fields = Readonly<Record<string, unknown>>

/** A package in a folder below the project. */
function installed(dir: string, name: string, version: string, fields: Fields = {}): ProjectFiles {
  return {
    [`${dir}/package.json`]: JSON.stringify({ name, version, main: 'index.js', ...fields }),
    [`${dir}/index.js`]: '',
  }
}

const WORK = { 'steps.ts': STEPS, 'work.ts': `import 'top'` }
const top = (fields: Fields): ProjectFiles => installed('node_modules/top', 'top', '1.0.0', fields)
const low = (version: string, fields: Fields = {}): ProjectFiles =>
  installed('node_modules/low', 'low', version, fields)

async function digests(first: ProjectFiles, second: ProjectFiles): Promise<readonly [string, string]> {
  using project = new TemporaryProject({ ...WORK, ...first })
  const before = digestOf(await project.identify())
  project.write(second)
  return [before, digestOf(await project.identify())]
}

it.each(['dependencies', 'optionalDependencies', 'peerDependencies'])('counts the versions of %s', async (kind) => {
  const before = { ...top({ [kind]: { low: '*' } }), ...low('1.0.0') }
  const [first, second] = await digests(before, low('1.0.1'))
  expect(second).not.toBe(first)
})

it('counts dependencies of dependencies, in circles too', async () => {
  const before = {
    ...top({ dependencies: { low: '*' } }),
    ...low('1.0.0', { dependencies: { deep: '*', top: '*' } }),
    ...installed('node_modules/low/node_modules/deep', 'deep', '1.0.0'),
    ...installed('node_modules/deep', 'deep', '7.0.0'),
  }
  const [first, unused] = await digests(before, installed('node_modules/deep', 'deep', '8.0.0'))
  expect(unused).toBe(first)
  const [, used] = await digests(before, installed('node_modules/low/node_modules/deep', 'deep', '1.0.1'))
  expect(used).not.toBe(first)
})

it('counts a peer that is missing, and not an optional package that is missing or for some systems only', async () => {
  const [, withoutPeer] = await digests(top({ peerDependencies: { low: '*' } }), {})
  const [, withPeer] = await digests(top({ peerDependencies: { low: '*' } }), low('1.0.0'))
  expect(withPeer).not.toBe(withoutPeer)
  const optional = top({ optionalDependencies: { low: '*' } })
  const [missing, forLinux] = await digests(optional, low('1.0.0', { os: ['linux'] }))
  expect(forLinux).toBe(missing)
  const [, present] = await digests(optional, low('1.0.0'))
  expect(present).not.toBe(missing)
})

it('counts which file of a package is imported under the conditions of the process', async () => {
  const exports = { '.': { special: './special.js', default: './index.js' } }
  using project = new TemporaryProject({ ...WORK, ...top({ exports }), 'node_modules/top/special.js': '' })
  const plain = digestOf(await project.identify('steps.ts', STEPS, { conditions: ['node', 'import', 'default'] }))
  const special = digestOf(
    await project.identify('steps.ts', STEPS, { conditions: ['special', 'node', 'import', 'default'] }),
  )
  expect(special).not.toBe(plain)
})

function link(project: TemporaryProject, from: string, to: string): void {
  const path = join(project.dir, from)
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(join(project.dir, to), path)
}

it('finds the dependencies of a package in the layout of pnpm', async () => {
  const store = 'node_modules/.pnpm'
  using project = new TemporaryProject({
    ...WORK,
    ...installed(`${store}/top@1.0.0/node_modules/top`, 'top', '1.0.0', { dependencies: { low: '*' } }),
    ...installed(`${store}/low@2.0.0/node_modules/low`, 'low', '2.0.0'),
  })
  link(project, 'node_modules/top', `${store}/top@1.0.0/node_modules/top`)
  link(project, `${store}/top@1.0.0/node_modules/low`, `${store}/low@2.0.0/node_modules/low`)
  const code = await project.identify()
  expect(code.known && code.parts.slice(2)).toEqual([
    { label: 'package top', identity: '1.0.0' },
    { label: 'package low', identity: '2.0.0' },
  ])
})

it('reads a linked package as source, and Cairn not at all except for its examples', async () => {
  const entry = { main: 'index.js' }
  using project = new TemporaryProject({
    'steps.ts': STEPS,
    'work.ts': `import 'linked'\nimport '@cairnml/core'\nimport '@cairnml/not-built'\nimport '@cairnml/example-digits'`,
    ...installed('packages/linked', 'linked', '1.0.0', entry),
    ...installed('packages/core', '@cairnml/core', '1.0.0', entry),
    ...installed('packages/digits', '@cairnml/example-digits', '1.0.0', entry),
    'node_modules/@cairnml/not-built/package.json': '{ "name": "@cairnml/not-built", "main": "./dist/index.js" }',
  })
  link(project, 'node_modules/linked', 'packages/linked')
  link(project, 'node_modules/@cairnml/core', 'packages/core')
  link(project, 'node_modules/@cairnml/example-digits', 'packages/digits')
  const code = await project.identify()
  expect(code.known && code.parts.map(({ label }) => label)).toEqual([
    'steps.ts',
    'work.ts',
    'packages/linked/index.js',
    'packages/digits/index.js',
  ])
})

it('refuses packages that cannot be identified', async () => {
  using project = new TemporaryProject({ ...WORK, ...top({ version: undefined }) })
  expect(await project.identify()).toEqual({ known: false, reason: 'top cannot be resolved', at: 'work.ts:1' })
  project.write({ ...top({ dependencies: { linked: '*' } }), ...installed('packages/linked', 'linked', '1.0.0') })
  link(project, 'node_modules/linked', 'packages/linked')
  const reason = 'the package top depends on linked, which is linked from a folder'
  expect(await project.identify()).toEqual({ known: false, reason })
})

it('knows a step that a package defines by the package and the place in it', async () => {
  const text = `import { step } from 'cairnml'\nexport const s = step({}).implement(() => 1)\n`
  using project = new TemporaryProject({ ...top({}), 'node_modules/top/index.js': text })
  const file = 'node_modules/top/index.js'
  const first = await project.identify(file, text)
  expect(first).toMatchObject({ known: true, parts: [{ label: 'package top', identity: '1.0.0' }] })
  project.write(top({ version: '1.0.1' }))
  project.write({ [file]: text })
  expect(digestOf(await project.identify(file, text))).not.toBe(digestOf(first))
})
