import { ContentCachePolicy } from '@cairnml/core'
import { join } from 'node:path'

/** A class of a plugin's build; packages export how their components are made, and not the classes. */
type ComponentClass = new (options: object) => { readonly type: string }

/** The components of the stack `default`, imported and constructed without plugins and container; gives their types. */
export async function constructComponents(cairnDir: string): Promise<readonly string[]> {
  const Orchestrator = await classOf('local', 'local-orchestrator', 'LocalOrchestrator')
  const Artifacts = await classOf('local', 'local-artifact-store', 'LocalArtifactStore')
  const Records = await classOf('sqlite', 'sqlite-metadata-store', 'SqliteMetadataStore')
  const Index = await classOf('sqlite', 'sqlite-cache-index', 'SqliteCacheIndex')
  const components = [
    new Orchestrator({ name: 'local' }),
    new Artifacts({ name: 'local', cairnDir, path: join(cairnDir, 'artifacts') }),
    new Records({ name: 'sqlite', cairnDir, file: join(cairnDir, 'metadata.sqlite') }),
    new ContentCachePolicy(),
    new Index({ name: 'sqlite', cairnDir, file: join(cairnDir, 'cache.sqlite') }),
  ]
  return components.map(({ type }) => type)
}

async function classOf(plugin: string, file: string, name: string): Promise<ComponentClass> {
  const url = new URL(`${file}.js`, import.meta.resolve(`@cairnml/plugin-${plugin}`))
  // Sound: the scenario fails if the type of what is constructed is another one.
  const module = (await import(url.href)) as Readonly<Record<string, ComponentClass | undefined>>
  const found = module[name]
  if (found === undefined) throw new Error(`${url.href} exports no ${name}.`)
  return found
}
