import nodePath from 'node:path'

import { pluginName } from './created-name.ts'
import { fillTemplate } from './fill-template.ts'
import { ownVersion, pinnedManifest } from './pinned-manifest.ts'
import type { PluginPort } from './plugin-ports.ts'
import { templateFiles } from './template-files.ts'
import { writeFolder, type Created } from './write-folder.ts'

/** Checks options by a schema library, in the templates of components that take some. */
const SCHEMA_FILE = 'src/options-schema.ts'

/** A plugin that is to be. */
export interface PluginCreation {
  /** Short, as stacks use it: `my-store` is the package `cairnml-plugin-my-store`. */
  readonly name: string
  /** What it supplies. */
  readonly port: PluginPort
  /** From the working directory; not there yet, or empty. @default `cairnml-plugin-<name>` */
  readonly folder?: string | undefined
}

/**
 * Writes the package of a plugin: a component that works, with its tests.
 *
 * @throws CAIRN_NAME_INVALID, CAIRN_CREATE_FAILED
 */
export async function createPlugin({ name: given, port, folder: into }: PluginCreation): Promise<Created> {
  const name = pluginName(given)
  const packageName = `cairnml-plugin-${name}`
  const folder = nodePath.resolve(into ?? packageName)
  const template = new Map([...(await templateFiles('plugin')), ...(await templateFiles(`plugin-${port}`))])
  const manifest = pinnedManifest(template.get('package.json') ?? '', await ownVersion())
  template.set('package.json', template.has(SCHEMA_FILE) ? manifest : withoutSchemas(manifest))
  const files = fillTemplate(template, name)
  await writeFolder(folder, files)
  return { folder, name: packageName, files: [...files.keys()] }
}

function withoutSchemas(manifest: string): string {
  return manifest.replace(/ {2}"dependencies": \{[^}]*\},\n/, '')
}
