import { globSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { INSTALL_MS } from '../packed/packed-project.ts'
import { ALL, DEPENDENCIES, PIPELINE_FILES } from './pipeline-files.ts'
import { YarnProject } from './yarn-project.ts'

const PATCH = `diff --git a/index.js b/index.js
--- a/index.js
+++ b/index.js
@@ -1,3 +1,4 @@
+// patched
 /*!
  * is-number <https://github.com/jonschlinkert/is-number>
  *
`
const PATCHED = 'patch:is-number@npm%3A7.0.0#~/.yarn/patches/is-number.patch'
const POLICY = `import { cachePolicy, ContentCachePolicy, definePlugin } from 'cairnml/plugin'

export default definePlugin({
  name: 'own',
  components: [cachePolicy({ create: (_options, { name }) => new ContentCachePolicy(name, {}) })],
})
`

describe("a project of Yarn's Plug'n'Play", () => {
  let project: YarnProject

  beforeAll(async () => {
    project = await YarnProject.create(DEPENDENCIES)
    project.write({ ...PIPELINE_FILES, 'own-policy.ts': POLICY })
  }, INSTALL_MS)

  afterAll(() => project[Symbol.dispose]())

  /** Installs what the manifest says after a change. */
  const installs = async (from: string, to: string): Promise<void> => {
    project.edit('package.json', from, to)
    await project.succeeds('install')
  }

  it('has no folder of packages', () => {
    expect([project.exists('.pnp.cjs'), project.exists('node_modules')]).toEqual([true, false])
  })

  it('runs every step once, and then reuses them all, whatever starts the run', async () => {
    const first = await project.succeeds('cairn', 'run', 'pipeline.ts')
    expect(first.steps).toEqual(ALL)
    expect(first.stdout + first.stderr).not.toMatch(/not cached|is not in the artifact store/)
    expect(await project.executed('pipeline.ts')).toEqual([])
    expect((await project.succeeds('node', 'start.ts')).steps).toEqual([])
  })

  it('runs the step again whose helper is edited', async () => {
    project.edit('src/counted.ts', 'isNumber(text)', 'isNumber(text.trim())')
    expect(await project.executed('pipeline.ts')).toEqual(['count'])
  })

  it('runs those again that use a package of which another version is installed', async () => {
    await installs('"is-number": "6.0.0"', '"is-number": "7.0.0"')
    const { stdout, steps } = await project.succeeds('cairn', 'run', 'pipeline.ts')
    expect(stdout).toContain('package is-number 6.0.0 -> 7.0.0')
    expect(steps).toEqual(['count'])
  })

  it('reuses them all when a package is added that none of them uses', async () => {
    await installs('"is-number":', '"is-odd": "3.0.1",\n    "is-number":')
    expect(await project.executed('pipeline.ts')).toEqual([])
  })

  it('runs those again that use a package which is patched', async () => {
    project.write({ '.yarn/patches/is-number.patch': PATCH })
    await installs('"is-number": "7.0.0"', `"is-number": "${PATCHED}"`)
    expect(await project.executed('pipeline.ts')).toEqual(['count'])
  })

  it('runs those again that use an unplugged package of which any file is edited', async () => {
    await installs('"private": true', '"private": true,\n  "dependenciesMeta": { "kleur": { "unplugged": true } }')
    await project.executed('pipeline.ts')
    expect(await project.executed('pipeline.ts')).toEqual([])
    const [file = ''] = globSync('.yarn/unplugged/kleur-*/node_modules/kleur/colors.mjs', { cwd: project.dir })
    project.write({ [file]: `${project.read(file)}\n// edited` })
    expect(await project.executed('pipeline.ts')).toEqual(['colour'])
  })

  it('adds plugins, lists them, and runs with a stack that has one', async () => {
    const tarball = project.tarballs['@cairnml/plugin-git']?.replace('file:', '') ?? ''
    expect((await project.succeeds('cairn', 'plugin', 'add', tarball)).stdout).toMatch(/^Added @cairnml\/plugin-git 0/)
    expect((await project.succeeds('cairn', 'plugin', 'list')).stdout).toMatch(/@cairnml\/plugin-git +\d.*can be used/)
    project.commit()
    const own = ['--cache-policy', './own-policy.ts', '--provenance', 'git', '--allow-code']
    await project.succeeds('cairn', 'stack', 'register', 'own', ...own)
    expect((await project.succeeds('cairn', 'stack', 'set', 'own', '--allow-code')).stdout).toContain(
      'Stack own is set',
    )
    const doctor = await project.succeeds('cairn', 'doctor', '--allow-code')
    expect(doctor.stdout).toMatch(/ok +provenance +git \(@cairnml\/plugin-git\)/)
    expect((await project.succeeds('cairn', 'run', 'pipeline.ts')).stdout).toContain('Using stack own')
  })

  it('makes another project, verifies a result in a process of its own, and removes a plugin', async () => {
    await project.succeeds('cairn', 'init', '../other-app', '--yes')
    expect(project.read('../other-app/src/hello.pipeline.ts')).toContain('pipeline(')
    const verified = await project.succeeds('cairn', 'cache', 'verify', 'pipeline.ts', '--step', 'count')
    expect(verified.stdout).toContain('none differs')
    await project.succeeds('cairn', 'stack', 'set', 'default')
    await project.succeeds('cairn', 'stack', 'delete', 'own', '--yes')
    await project.succeeds('cairn', 'plugin', 'remove', '@cairnml/plugin-git')
    expect((await project.succeeds('cairn', 'plugin', 'list')).stdout).not.toContain('plugin-git')
  })
})
