import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { errorRecord } from '@cairnml/core'
import { assertPortVersion, pluginComponents, type InstalledComponent } from '@cairnml/core/stack-files'

import type { StackSession } from '../stack/stack-session.ts'

/** What the manifest of an installed plugin says. */
export interface PluginManifest {
  readonly version?: string | undefined
  /** The versions of core that it is made for. */
  readonly peer?: string | undefined
}

/** An installed plugin. */
export interface PluginFacts extends PluginManifest {
  /** Of the package. */
  readonly name: string
  readonly components: readonly InstalledComponent[]
  /** Why it cannot be used. */
  readonly problem?: string | undefined
  /** The error that says so. */
  readonly fault?: unknown
}

/** What is known of an installed plugin; it is loaded for that. A fault is a part of the answer. */
export async function pluginFacts(name: string, session: StackSession): Promise<PluginFacts> {
  const manifest = manifestOf(name, [session.projectDir, ...session.environment.fallbackDirs])
  try {
    const components = await pluginComponents(name, session.environment)
    for (const { definition } of components) await assertPortVersion(name, definition, session.environment)
    return { name, ...manifest, components }
  } catch (error) {
    return { name, ...manifest, components: [], fault: error, problem: errorRecord(error).message }
  }
}

/** The manifest of a package as it is installed for one of these folders; one that cannot be read says nothing. */
export function manifestOf(name: string, folders: readonly string[]): PluginManifest {
  for (const folder of folders) {
    try {
      const file = findPackageJSON(name, pathToFileURL(nodePath.join(folder, 'package.json')))
      if (file === undefined) continue
      // Sound: npm writes these fields so.
      const { version, peerDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
        readonly version?: string
        readonly peerDependencies?: Readonly<Record<string, string>>
      }
      return { version, peer: peerDependencies?.['@cairnml/core'] ?? peerDependencies?.['cairnml'] }
    } catch {
      // Not installed there.
    }
  }
  return {}
}
