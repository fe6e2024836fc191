import nodePath from 'node:path'

import { makeLocalFolder } from '../files/local-folder.ts'
import { writeWhole } from '../files/write-whole.ts'
import { isMarkedSecret, type OptionSchema } from '../stack/option-schema.ts'
import type { PluginSearch } from '../plugin/resolve-plugin.ts'
import type { PortName } from '../plugin/define-plugin.ts'
import { componentOptionSchema } from './component-schemas.ts'
import { installedComponents, type InstalledComponent } from './installed-plugins.ts'

const SECRET: OptionSchema = {
  description: 'A secret: ${env:NAME}, or { file: path }.',
  anyOf: [
    { type: 'string', pattern: '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}' },
    { type: 'object', properties: { file: { type: 'string' } }, required: ['file'], additionalProperties: false },
  ],
}

/** The file by which editors check and complete the stack files of a project. */
export function stackSchemaFile(cairnDir: string): string {
  return nodePath.join(cairnDir, 'stack.schema.json')
}

/**
 * Writes the JSON Schema of stack files for the plugins that are installed. It is for editors: where it cannot be written,
 * as in a folder that may only be read, there is none, or the old one.
 */
export async function writeStackSchema(environment: PluginSearch & { readonly cairnDir: string }): Promise<void> {
  const schema = await stackJsonSchema(await installedComponents(environment))
  try {
    makeLocalFolder(environment.cairnDir, environment.cairnDir)
    await writeWhole(stackSchemaFile(environment.cairnDir), `${JSON.stringify(schema, undefined, 2)}\n`)
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
  }
}

/** No variable names a plugin or a file. */
const TEXT = { type: 'string', pattern: '^[^$]+$' }

/** The JSON Schema of stack files that use these components; what else a stack may use, is checked by its `use` alone. */
export async function stackJsonSchema(components: readonly InstalledComponent[]): Promise<OptionSchema> {
  const of = async (port: PortName, more: Readonly<Record<string, OptionSchema>> = {}): Promise<OptionSchema> => {
    const known = components.filter((component) => component.port === port)
    const uses = known.map(({ use }) => use)
    // A list of values must not be empty, or editors refuse the whole schema.
    const others = uses.length === 0 ? TEXT : { ...TEXT, not: { enum: uses } }
    const other = { type: 'object', properties: { use: others }, required: ['use'] }
    const named = uses.map((use) => ({ const: use }))
    return {
      // Of alternatives editors offer the values of one: here they are together.
      properties: { use: { anyOf: [...named, TEXT] } },
      anyOf: [...(await Promise.all(known.map((one) => componentSchema(one, more)))), other],
    }
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Stack',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      extends: { ...TEXT, description: 'A stack file whose components are used where this one names none.' },
      orchestrator: await of('orchestrator'),
      artifactStore: await of('artifactStore'),
      metadataStore: await of('metadataStore'),
      cachePolicy: await of('cachePolicy', { index: await of('cacheIndex') }),
      provenance: await of('provenance'),
    },
    additionalProperties: false,
  }
}

async function componentSchema(
  component: InstalledComponent,
  more: Readonly<Record<string, OptionSchema>>,
): Promise<OptionSchema> {
  const use = { const: component.use, description: `${component.plugin}: ${component.port} ${component.type}` }
  const options = await componentOptionSchema(component)
  const takesNone = component.definition.options === undefined
  // What refers to itself would refer to another place here.
  if (options === undefined || JSON.stringify(options).includes('"$ref"')) {
    return { type: 'object', properties: { use, ...more }, required: ['use'], additionalProperties: !takesNone }
  }
  const { $schema: _schema, properties, required, ...rest } = withSecrets(options)
  const names = Array.isArray(required) ? (required as readonly unknown[]) : []
  return { ...rest, properties: { use, ...(properties as object), ...more }, required: ['use', ...names] }
}

function withSecrets(schema: OptionSchema): OptionSchema {
  if (isMarkedSecret(schema)) return SECRET
  return Object.fromEntries(Object.entries(schema).map(([keyword, inner]) => [keyword, withSecretsInside(inner)]))
}

function withSecretsInside(inner: unknown): unknown {
  if (Array.isArray(inner)) return inner.map((item: unknown) => withSecretsInside(item))
  // Sound: an object in a schema is a schema, or schemas by name, and both have keywords or names only.
  return typeof inner === 'object' && inner !== null ? withSecrets(inner as OptionSchema) : inner
}
