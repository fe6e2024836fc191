import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { INSTALL_MS } from '../packed/packed-project.ts'
import { LocalRegistry } from './local-registry.ts'
import { RegistryProject } from './registry-project.ts'

/** How a stack uses the component of each port, of the plugin of that name. */
const USES: Readonly<Record<string, (use: string) => string>> = {
  'artifact-store': (use) => `artifactStore: { use: ${use}, path: objects }`,
  orchestrator: (use) => `orchestrator: { use: ${use} }`,
  'metadata-store': (use) => `metadataStore: { use: ${use} }`,
  'cache-policy': (use) => `cachePolicy: { use: ${use} }`,
  'cache-index': (use) => `cachePolicy: { use: content, index: { use: ${use} } }`,
}
const ABOVE = { cwd: '..' }

describe('what is created from a registry', { timeout: 180_000 }, () => {
  let registry: LocalRegistry
  let project: RegistryProject
  beforeAll(async () => {
    registry = await LocalRegistry.start()
    project = new RegistryProject(registry.url, 'my-project')
    await project.types('npm create cairnml@latest my-project', ABOVE)
    await project.types('npm install')
  }, INSTALL_MS)
  afterAll(() => {
    registry[Symbol.dispose]()
    project[Symbol.dispose]()
  }, INSTALL_MS)

  it('is a project that asks for this release, and for nothing that only the repository has', () => {
    expect(JSON.parse(project.read('package.json'))).toMatchObject({
      name: 'my-project',
      dependencies: { cairnml: '^0.0.0' },
      devDependencies: { '@cairnml/testing': '^0.0.0' },
    })
    expect(project.read('package.json')).not.toMatch(/workspace:|file:|link:/)
    expect(project.filesWith('node_modules/cairnml', 'workspace:')).toEqual([])
  })

  it.each(Object.entries(USES))(
    'is a plugin with %s that is tested, built, added, checked and used',
    async (port, line) => {
      const name = `my-${port}`
      const created = await project.types(`npm create cairnml@latest -- --plugin ${port} ${name}`, ABOVE)
      const [, ...next] = created.slice(created.indexOf('\nNext:\n')).trim().split('\n')
      const folder = `cairnml-plugin-${name}`
      expect(next.map((one) => one.trim())).toEqual([`cd ${folder}`, 'npm install', 'npm test', 'npm run build'])
      expect(await project.types(next.join(' && '), ABOVE)).toMatch(/ fail 0\n/)

      expect(await project.types(`npx cairn plugin add ../${folder}`)).toMatch(
        new RegExp(`^Added ${folder} 0\\.1\\.0\n`),
      )
      expect(await project.types(`cairn plugin check ${name}`)).toMatch(/\nIt conforms: \d+ tests passed\.\n$/)
      project.write({ 'stacks/mine.yaml': `${line(name)}\n` })
      expect(await project.types('cairn run hello --stack mine')).toMatch(/^Step count_letters has finished/m)
    },
  )

  it('is a project also where Yarn keeps the templates in an archive', async () => {
    const yarn = 'npm exec --yes --package @yarnpkg/cli-dist@4.18.1 -- yarn'
    const created = await project.types(`${yarn} create cairnml yarns`, ABOVE)
    expect(created).toContain('\nNext:\n  cd yarns\n  yarn install\n  yarn cairn run hello\n  yarn test\n')
    expect(project.read('../yarns/src/hello.pipeline.ts')).toBe(project.read('src/hello.pipeline.ts'))
  })
})
