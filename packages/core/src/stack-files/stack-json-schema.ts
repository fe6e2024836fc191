import { isMarkedSecret, type OptionSchema } from '../stack/option-schema.ts'
import type { PortName } from '../plugin/define-plugin.ts'
import { componentOptionSchema } from './component-schemas.ts'
import type { InstalledComponent } from './installed-plugins.ts'
import { loadedInTime, type LoadLimit } from './load-limit.ts'

const SECRET: OptionSchema = {
  description: 'A secret: ${env:NAME}, or { file: path }.',
  anyOf: [
    { type: 'string', pattern: '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}' },
    { type: 'object', properties: { file: { type: 'string' } }, required: ['file'], additionalProperties: false },
  ],
}

/** No variable names a plugin or a file. */
const TEXT = { type: 'string', pattern: '^[^$]+$' }

/**
 * The JSON Schema of stack files that use these components; what else a stack may use, is checked by its `use` alone, and
 * so is a component whose schema cannot be had in time.
 */
export async function stackJsonSchema(
  components: readonly InstalledComponent[],
  limit?: LoadLimit,
): Promise<OptionSchema> {
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
      anyOf: [...(await Promise.all(known.map((one) => componentSchema(one, more, limit)))), other],
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
  limit: LoadLimit | undefined,
): Promise<OptionSchema> {
  const use = { const: component.use, description: `${component.plugin}: ${component.port} ${component.type}` }
  const options = await loadedInTime(plainOptions(component), component.plugin, limit).catch(() => undefined)
  const takesNone = component.definition.options === undefined
  if (options === undefined) {
    return { type: 'object', properties: { use, ...more }, required: ['use'], additionalProperties: !takesNone }
  }
  const { $schema: _schema, properties, required, ...rest } = withSecrets(options)
  const names = Array.isArray(required) ? (required as readonly unknown[]) : []
  return { ...rest, properties: { use, ...(properties as object), ...more }, required: ['use', ...names] }
}

/** The schema of the options, if it can stand in another one: what refers to itself would refer to another place there. */
async function plainOptions(component: InstalledComponent): Promise<OptionSchema | undefined> {
  const options = await componentOptionSchema(component)
  return options !== undefined && JSON.stringify(options).includes('"$ref"') ? undefined : options
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
