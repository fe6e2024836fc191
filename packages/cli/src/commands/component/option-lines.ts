import { isMarkedSecret } from '@cairnml/core/stack-files'

type Schema = Readonly<Record<string, unknown>>

/** The options of a component, a line each, as its JSON Schema tells them. */
export function optionLines(schema: Schema | undefined, takesOptions: boolean): string {
  return takesOptions ? fieldLines(schema, 'options') : '  It takes no options.\n'
}

/** What steps may say to a component, a line each; nothing for one to which they say nothing. */
export function settingLines(schema: Schema | undefined, takesSettings: boolean): string {
  return takesSettings ? `  settings of a step:\n${indented(fieldLines(schema, 'settings'))}` : ''
}

/** Lines, further to the right. */
export function indented(lines: string): string {
  return lines.replaceAll(/^(?=.)/gm, '  ')
}

function fieldLines(schema: Schema | undefined, what: string): string {
  // Sound: JSON Schema defines these keywords so; anything else has no names.
  const properties = (schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>
  const required = (schema?.['required'] ?? []) as readonly string[]
  const names = Object.keys(properties)
  if (names.length === 0) return `  Its schema does not tell its ${what}: see the README of the plugin.\n`
  const width = Math.max(...names.map((name) => name.length))
  return names
    .map((name) => {
      const option = properties[name] ?? {}
      const facts = [
        kindOf(option),
        ...(required.includes(name) ? ['required'] : []),
        ...(option['default'] === undefined ? [] : [`default ${JSON.stringify(option['default'])}`]),
        ...(isMarkedSecret(option) ? ['secret'] : []),
      ]
      const text = typeof option['description'] === 'string' ? `  ${option['description']}` : ''
      return `  ${name.padEnd(width)}  ${facts.join(', ')}${text}\n`
    })
    .join('')
}

function kindOf({ type, enum: values, const: only }: Schema): string {
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' or ')
  if (only !== undefined) return JSON.stringify(only)
  return typeof type === 'string' ? type : 'value'
}
