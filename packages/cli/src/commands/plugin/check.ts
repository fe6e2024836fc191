import { mkdtempDisposable } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { cairnError, nearestName, type PortName } from '@cairnml/core'
import type { InstalledComponent } from '@cairnml/core/stack-files'
import type { Skip } from '@cairnml/testing'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { stackCommand } from '../stack/stack-command.ts'
import { checkComponent, type CheckedSuite } from './check-component.ts'
import { ComponentInstances } from './component-instances.ts'
import { PLUGIN_HELP } from './plugin-help.ts'
import { pluginTarget } from './plugin-target.ts'
import { suiteText } from './suite-text.ts'
import { loadTestKit } from './test-kit.ts'

const PORTS: Readonly<Record<string, PortName>> = {
  orchestrator: 'orchestrator',
  'artifact-store': 'artifactStore',
  'metadata-store': 'metadataStore',
  'cache-policy': 'cachePolicy',
  'cache-index': 'cacheIndex',
  provenance: 'provenance',
}

/** `cairn plugin check`: runs the conformance suites on the components of a plugin. */
export const checkCommand: Command = stackCommand({
  name: 'plugin check',
  options: {
    port: { type: 'string' },
    options: { type: 'string' },
    durable: { type: 'boolean' },
    skip: { type: 'string', multiple: true },
  },
  takes: ['<plugin>'],
  help: PLUGIN_HELP,
  run: async ({ session, values, names: [plugin = ''] }) => {
    const port = portOf(values.port)
    const given = optionsOf(values.options)
    const skip = (values.skip ?? []).map(skipOf)
    const { components, folders } = await pluginTarget(plugin, session)
    const chosen = components.filter((component) => port === undefined || component.port === port)
    if (chosen.length === 0) throw nothingToCheck(plugin, port)
    const kit = await loadTestKit(folders)
    await using folder = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-check-'))
    const checked: (CheckedSuite & { readonly component: InstalledComponent })[] = []
    const { projectDir } = session
    const all = chosen.map((component) => {
      return { component, instances: new ComponentInstances({ component, given, folder: folder.path, projectDir }) }
    })
    for (const { instances } of all) await instances.assertOptions()
    for (const { component, instances } of all) {
      const name = `${component.port} ${component.type}`
      const durable = values.durable === true
      const suite = await checkComponent({ port: component.port, name, kit, instances, durable, skip })
      checked.push({ component, ...suite })
    }
    const isPassed = checked.every(({ sections }) => sections.every(({ failed }) => failed.length === 0))
    return {
      text: checked.map(({ component, ...suite }) => suiteText(component, suite)).join(''),
      json: {
        format: 'cairn.plugin-check/1',
        plugin: chosen[0]?.plugin,
        passed: isPassed,
        components: checked.map(({ component, ...suite }) => ({
          port: component.port,
          type: component.type,
          ...suite,
        })),
      },
      code: isPassed ? 0 : 1,
    }
  },
})

function portOf(given: string | undefined): PortName | undefined {
  if (given === undefined) return undefined
  const port = Object.hasOwn(PORTS, given) ? PORTS[given] : undefined
  if (port !== undefined) return port
  const nearest = nearestName(given, Object.keys(PORTS))
  throw usageError(`There is no port "${given}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`)
}

function optionsOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {}
  try {
    const value = JSON.parse(text) as unknown
    // Sound: an object that is no list has properties.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw usageError(`--options is no JSON object like '{"path":"objects"}'.`)
}

function skipOf(text: string): Skip {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1)
    throw usageError(`--skip needs a test or a section, and a reason: 'memory=it encrypts objects as a whole'.`)
  return { tests: [text.slice(0, at)], reason: text.slice(at + 1) }
}

function nothingToCheck(plugin: string, port: PortName | undefined): Error {
  return cairnError('CAIRN_PLUGIN_INVALID', { plugin, problem: `it supplies no ${port ?? 'component'}` })
}
