import { appendFileSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from 'vitest'

import type { ProjectFiles } from '../identity/identity-project.fixture.ts'
import { PnpProject } from './pnp-project.fixture.ts'

const MAIN = `import { step } from 'cairnml'
import { high } from 'high'
import { other } from 'other'

step({ name: 'usesHigh' }).implement(() => high())
step({ name: 'usesOther' }).implement(() => other())
step({ name: 'usesNone' }).implement(() => 1)
`

/** A package in `vendor`. */
function vendored(folder: string, fields: object, text: string): ProjectFiles {
  const manifest = { version: '1.0.0', type: 'module', exports: './index.js', ...fields }
  return { [`vendor/${folder}/package.json`]: JSON.stringify(manifest), [`vendor/${folder}/index.js`]: text }
}

const LOW = (value: number): string => `export const low = () => ${value}\n`
const FILES: ProjectFiles = {
  'main.ts': MAIN,
  ...vendored('low', { name: 'low' }, LOW(1)),
  ...vendored('low-2', { name: 'low', version: '2.0.0' }, LOW(2)),
  ...vendored('high', { name: 'high', peerDependencies: { low: '*' } }, `export { low as high } from 'low'\n`),
  ...vendored('other', { name: 'other' }, 'export const other = () => 3\n'),
  ...vendored('unused', { name: 'unused' }, 'export const unused = () => 3\n'),
}
const ASKED = { low: 'file:./vendor/low', high: 'file:./vendor/high', other: 'file:./vendor/other' }
const STEPS = ['usesHigh', 'usesOther', 'usesNone'] as const

/** What counts of the code of each step, found out by a new process. */
function digests(project: PnpProject): Readonly<Record<string, string>> {
  const counting = Object.entries(project.steps()).map(([name, code]) => {
    if (!code.known) throw new Error(`${name} is not known: ${code.reason} (${code.at})`)
    return [name, JSON.stringify([code.digest, code.packages.map(({ identity }) => identity)])]
  })
  return Object.fromEntries(counting)
}

describe("under Yarn's Plug'n'Play", () => {
  let project: PnpProject | undefined
  afterEach(() => project?.[Symbol.dispose]())

  /** The steps whose code is another one after a change. */
  function changedBy(
    change: (project: PnpProject) => void,
    made: PnpProject = new PnpProject(ASKED, FILES),
  ): readonly string[] {
    project = made
    const before = digests(made)
    change(made)
    const after = digests(made)
    return STEPS.filter((name) => before[name] !== after[name])
  }

  it('steps are known, with the packages that they use and those below them', () => {
    project = new PnpProject(ASKED, FILES)
    const packages = Object.entries(project.steps()).map(([name, code]) =>
      code.known ? [name, code.packages.map((found) => [`${found.name}@${found.version}`, found.below])] : [name, code],
    )
    expect(Object.fromEntries(packages)).toEqual({
      usesHigh: [['high@1.0.0', ['low@1.0.0']]],
      usesOther: [['other@1.0.0', []]],
      usesNone: [],
    })
  })

  it('another version of a peer changes those that use it', () => {
    expect(changedBy((made) => made.install({ ...ASKED, low: 'file:./vendor/low-2' }))).toEqual(['usesHigh'])
  })

  it('another content of the same version changes those that use it', () => {
    const edit = (made: PnpProject): void => {
      made.write({ 'vendor/low/index.js': LOW(7) })
      made.install(ASKED)
    }
    expect(changedBy(edit)).toEqual(['usesHigh'])
  })

  it('a package that nobody uses changes nothing', () => {
    expect(changedBy((made) => made.install({ ...ASKED, unused: 'file:./vendor/unused' }))).toEqual([])
  })

  it('the same project in another folder has the same steps', () => {
    project = new PnpProject(ASKED, FILES)
    using other = new PnpProject(ASKED, FILES)
    expect(digests(other)).toEqual(digests(project))
  })

  it('a dependency that only the settings of Yarn add to a package counts', () => {
    const extend = (made: PnpProject): void =>
      made.install(ASKED, { settings: { packageExtensions: { 'other@*': { peerDependencies: { low: '*' } } } } })
    expect(changedBy(extend)).toEqual(['usesOther'])
  })

  it('an archive that is edited changes those that use it', () => {
    const edit = (made: PnpProject): void => {
      const [archive = ''] = globSync('.yarn/cache/other-*.zip', { cwd: made.dir })
      // A reader finds the end of an archive from behind, and leaves out a comment there.
      const bytes = readFileSync(join(made.dir, archive))
      bytes.writeUInt16LE(1, bytes.length - 2)
      writeFileSync(join(made.dir, archive), Buffer.concat([bytes, Buffer.from('!')]))
    }
    expect(changedBy(edit)).toEqual(['usesOther'])
  })

  it('any file of an unplugged package that is edited changes those that use it', () => {
    const made = new PnpProject(ASKED, FILES)
    made.install(ASKED, { fields: { dependenciesMeta: { other: { unplugged: true } } } })
    const edit = (): void => {
      const [manifest = ''] = globSync('.yarn/unplugged/other-*/node_modules/other/package.json', { cwd: made.dir })
      appendFileSync(join(made.dir, manifest), '\n')
    }
    expect(changedBy(edit, made)).toEqual(['usesOther'])
  })

  it('another package behind a name in an edited .pnp.cjs changes those that use it', () => {
    const asked = { ...ASKED, low2: 'file:./vendor/low-2' }
    const edit = (made: PnpProject): void => {
      const text = readFileSync(join(made.dir, '.pnp.cjs'), 'utf8')
      const locations = Array.from(
        text.matchAll(/"packageLocation": "(.*?\/low2?-[^"]*)"/g),
        ([, found]) => found ?? '',
      )
      expect(locations).toHaveLength(2)
      const [first = '', second = ''] = locations
      made.write({ '.pnp.cjs': text.replace(first, '?').replace(second, first).replace('"?"', `"${second}"`) })
    }
    expect(changedBy(edit, new PnpProject(asked, FILES))).toEqual(['usesHigh'])
  })
})
