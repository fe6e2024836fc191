import { existsSync, readFileSync, rmSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { ProjectFiles, TemporaryProject } from '../project/temporary-project.ts'
import { packagedStore, type InstalledPlugins } from './installed-plugin-files.ts'
import { stackedProject } from './stacked-project.ts'

const SCHEMA = '.cairn/stack.schema.json'
/** Three plugins: `shelf` is used by a stack, `attic` by another one, and `cellar` by none. */
const PLUGINS = ['attic', 'cellar', 'shelf'] as const
const FILES: ProjectFiles = {
  ...packagedStore('attic'),
  ...packagedStore('cellar'),
  ...packagedStore('shelf'),
  'package.json': dependingOn(PLUGINS),
  'stacks/plain.yaml': 'artifactStore: { use: local, path: kept }\n',
  'stacks/shelf.yaml': 'artifactStore: { use: shelf, note: full }\n',
  'stacks/attic.yaml': 'artifactStore: { use: attic }\n',
}

function dependingOn(plugins: InstalledPlugins): string {
  const dependencies = Object.fromEntries(plugins.map((name) => [`cairnml-plugin-${name}`, '1.0.0']))
  return JSON.stringify({ type: 'module', private: true, dependencies })
}

/** The plugins that a command loads, sorted. */
async function loadedBy(project: TemporaryProject, line: string, code = 0): Promise<readonly string[]> {
  const file = project.path('loaded.txt')
  rmSync(file, { force: true })
  const ended = await project.cairn(line.split(' '))
  expect({ line, code: ended.code }, ended.stderr).toEqual({ line, code })
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').toSorted() : []
}

describe('an installed plugin', () => {
  it('is not loaded by what goes on with a stack that does not use it, and once by a run on one that does', async () => {
    using project = stackedProject(FILES)
    for (const line of [
      'run pipeline.ts',
      'run pipeline.ts --stack plain',
      'explain',
      'stack list',
      'stack get',
      'stack describe plain',
      'run list',
      'run show',
      'run pipeline.ts --plan',
      'cache ls',
      'pipeline list',
      'artifact list',
      'artifact push --all --to plain',
      'completion bash',
      'complete -- run pipeline.ts --stack p',
      'complete -- stack set ',
      'complete -- run show ',
      'complete -- plugin show cairnml-plugin-',
      'artifact-store describe local',
      'cache-policy describe content',
    ]) {
      expect({ line, loaded: await loadedBy(project, line) }).toEqual({ line, loaded: [] })
    }
    expect(await loadedBy(project, 'run pipeline.ts --stack attic')).toEqual(['attic'])
  })

  it('is not loaded by commands on stacks that do not use it, once editors have their schema', async () => {
    using project = stackedProject(FILES)
    expect(await loadedBy(project, 'stack validate shelf')).toEqual(PLUGINS)

    const asked: readonly (readonly [line: string, loaded: readonly string[]])[] = [
      ['stack validate plain', []],
      ['stack validate shelf --check', ['shelf']],
      ['stack validate', []],
      ['stack describe shelf', ['shelf']],
      ['artifact-store describe shelf', ['shelf']],
      ['artifact-store describe cairnml-plugin-shelf#shelf', ['shelf']],
      ['plugin show shelf', ['shelf']],
      ['stack register new --artifact-store shelf', ['shelf']],
      ['stack update new --orchestrator local', ['shelf']],
      ['stack remove-component new artifact-store', []],
      ['stack copy shelf other', []],
      ['stack rename other another', []],
      ['stack export another exported.yaml', []],
      ['stack import exported.yaml', ['shelf']],
      ['stack delete another --yes', []],
      ['stack list', []],
      ['stack set plain', []],
      ['stack set shelf', ['shelf']],
      // What the stack before has kept is looked at.
      ['stack set attic', ['attic', 'shelf']],
    ]
    for (const [line, loaded] of asked)
      expect({ line, loaded: await loadedBy(project, line) }).toEqual({ line, loaded })
  })

  it('is loaded where what is installed is to be shown or looked at', async () => {
    using project = stackedProject(FILES)
    for (const line of ['artifact-store list', 'plugin list', 'doctor']) {
      expect({ line, loaded: await loadedBy(project, line) }).toEqual({ line, loaded: PLUGINS })
    }
  })

  it('is not loaded for settings of steps that may be for it', async () => {
    using project = stackedProject({ ...FILES, 'run.yaml': 'settings: { attic: { rooms: 2 }, elsewhere: { a: 1 } }\n' })
    expect(await loadedBy(project, 'run pipeline.ts --config run.yaml')).toEqual([])
  })

  it('is no other than the one that is named where the name is nearly its own', async () => {
    using project = stackedProject(FILES)
    expect(await loadedBy(project, 'artifact-store describe shelv', 2)).toEqual(['shelf'])
    const { stderr } = await project.cairn(['artifact-store', 'describe', 'shelv'])
    expect(stderr).toContain('did you mean "shelf"?')
  })
})

/** Ends a sentence: the schema is written again after ... */
const CHANGES: Readonly<Record<string, (project: TemporaryProject) => void>> = {
  'another version of a plugin': (project) =>
    project.edit('node_modules/cairnml-plugin-attic/package.json', '"1.0.0"', '"1.0.1"'),
  'an edit in a plugin': (project) => project.edit('node_modules/cairnml-plugin-attic/options.js', 'note', 'remark'),
  'a plugin less': (project) => project.write({ 'package.json': dependingOn(['cellar', 'shelf']) }),
  'a plugin more': (project) => {
    project.write({ ...packagedStore('loft'), 'package.json': dependingOn([...PLUGINS, 'loft']) })
  },
  'an installation of other packages': (project) => project.write({ 'node_modules/.package-lock.json': '{}' }),
  'the file was removed': (project) => project.remove(SCHEMA),
  'the file was damaged': (project) => project.write({ [SCHEMA]: project.read(SCHEMA).slice(0, -20) }),
  'the file was edited': (project) => project.edit(SCHEMA, '"title": "Stack"', '"title": "My stack"'),
  'the file was emptied': (project) => project.write({ [SCHEMA]: '' }),
  'an older release wrote the file': (project) => {
    const { $comment: _comment, ...schema } = JSON.parse(project.read(SCHEMA)) as { readonly $comment: string }
    project.write({ [SCHEMA]: `${JSON.stringify(schema, undefined, 2)}\n` })
  },
}

describe('the schema for editors', () => {
  it.each(Object.entries(CHANGES))('is written again, and just once, after %s', async (_what, change) => {
    using project = stackedProject(FILES)
    await project.cairn(['stack', 'validate', 'plain'])
    change(project)
    const loaded = await loadedBy(project, 'stack validate plain')
    expect(loaded).toEqual(expect.arrayContaining(['cellar', 'shelf']))
    const schema = project.read(SCHEMA)
    expect(schema).toContain(`"const": "${loaded.at(-1)}"`)
    expect(() => JSON.parse(schema) as unknown).not.toThrow()
    expect(await loadedBy(project, 'stack validate plain')).toEqual([])
    expect(project.read(SCHEMA)).toBe(schema)
  })

  it('is whole where two commands write it at once', async () => {
    using project = stackedProject(FILES)
    const ended = await Promise.all(
      ['plain', 'shelf', 'attic'].map((name) => project.cairn(['stack', 'validate', name])),
    )
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(await loadedBy(project, 'stack validate plain')).toEqual([])
  })

  it('is not made, and no plugin loaded for it, where nothing can be written', async () => {
    using project = stackedProject({ ...FILES, 'a-file': 'no folder' })
    const { code, stdout } = await project.cairn(['stack', 'validate', 'plain'], { env: { CAIRN_DIR: 'a-file' } })
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Stack plain (stacks/plain.yaml) can be used.\n' })
    expect(project.exists('loaded.txt')).toBe(false)
  })

  it('leaves out what cannot be loaded, and has it once what was missing is installed', async () => {
    const broken = `import 'missing'\n`
    using project = stackedProject({ ...FILES, ...packagedStore('cellar', broken) })
    expect(await loadedBy(project, 'stack validate plain')).toEqual(['attic', 'shelf'])
    expect(project.read(SCHEMA)).not.toContain('"cellar"')
    expect(await loadedBy(project, 'stack validate plain')).toEqual([])
    project.write({
      'node_modules/missing/package.json': '{ "name": "missing", "version": "1.0.0", "main": "index.js" }',
      'node_modules/missing/index.js': '',
      'node_modules/.package-lock.json': '{}',
    })
    expect(await loadedBy(project, 'stack validate plain')).toEqual(PLUGINS)
    expect(project.read(SCHEMA)).toContain('"cellar"')
  })
})

describe('cairn doctor', () => {
  it('says that a plugin is broken which no stack uses, and that one is not installed', async () => {
    using project = stackedProject({
      ...FILES,
      ...packagedStore('cellar', `throw new Error('too damp')\n`),
      ...packagedStore('types', 'export const text = 1\n', ''),
      'package.json': dependingOn([...PLUGINS, 'nowhere', 'types']),
    })
    const { code, stdout } = await project.cairn(['doctor', '--json'])
    const { findings } = JSON.parse(stdout) as {
      readonly findings: readonly { readonly about: string; readonly state: string; readonly text: string }[]
    }
    const plugins = findings.filter(({ about }) => about === 'plugins').map(({ state, text }) => [state, text])
    expect(code).toBe(2)
    expect(plugins).toEqual([
      ['ok', expect.stringMatching(/^@cairnml\/core, .*cairnml-plugin-attic, cairnml-plugin-shelf$/)],
      ['bad', expect.stringMatching(/^CAIRN_PLUGIN_INVALID: .*cairnml-plugin-cellar .*too damp/)],
      ['unchecked', 'cairnml-plugin-nowhere is in package.json, and not installed'],
    ])
  })
})
