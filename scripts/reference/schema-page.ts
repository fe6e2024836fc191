import { table, withCode } from './markdown-text.ts'

/** What is used of a JSON Schema. */
export interface JsonSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly description?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
}

/** A kind of configuration file. */
export interface SchemaFile {
  readonly title: string
  /** One paragraph of Markdown. */
  readonly about: string
  readonly schema: JsonSchema
}

/** The page of all properties of configuration files, from the JSON Schemas that editors use. */
export function schemaPage(files: readonly SchemaFile[]): string {
  const parts = [
    '# Configuration files',
    'Every property of the two kinds of files, made of the JSON Schemas in `node_modules/cairnml/schema/` (`pnpm api:update`). What they are for, with examples: [configuration](configuration.md).',
    ...files.flatMap(({ title, about, schema }) => [
      `## ${title}`,
      about,
      table(['Property', 'Value', 'Meaning'], propertyRows(schema, '')),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A row for each property at any depth; names of the user's choice are `<name>`. */
function propertyRows(schema: JsonSchema, path: string): readonly (readonly string[])[] {
  const below = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}
  const named = below.properties === undefined ? {} : { '<name>': below }
  return Object.entries({ ...schema.properties, ...named }).flatMap(([name, property]) => {
    const own = `${path}${name}`
    const row = [`\`${own}\``, valueText(property), meaning(property)]
    return [...(name === '<name>' ? [] : [row]), ...propertyRows(property, `${own}.`)]
  })
}

/** A description is Markdown where it has code of its own. */
function meaning({ description = '' }: JsonSchema): string {
  return description.includes('`') ? description : withCode(description)
}

/** What a property takes, in words. */
export function valueText(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(valueText))].join(' or ')
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ')
  if (schema.const !== undefined) return code(schema.const)
  if (schema.type === 'array') return `list of ${valueText(schema.items ?? {})}`
  if (schema.type === 'object') return objectText(schema)
  if (schema.type === 'boolean') return '`true`, `false`'
  if (schema.type === 'string')
    return schema.pattern === undefined || schema.pattern === '.' ? 'text' : patternText(schema.pattern)
  if (schema.type === undefined) return 'anything'
  return `${schema.type === 'integer' ? 'whole number' : schema.type}${schema.minimum === undefined ? '' : `, at least ${schema.minimum}`}`
}

function objectText({ properties, additionalProperties }: JsonSchema): string {
  if (properties !== undefined || typeof additionalProperties !== 'object') return 'properties'
  return additionalProperties.properties === undefined
    ? `${valueText(additionalProperties)}, by name`
    : 'properties, by name'
}

/** A duration is the one pattern that has a word. */
function patternText(pattern: string): string {
  return pattern.includes('(?:ms|s|m|h|d|w)')
    ? 'duration: `500ms`, `30s`, `10m`, `2h`, `7d`, `4w`'
    : `text like \`${pattern}\``
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}
