import type { PortName } from '@cairnml/core'

/** How a stack file uses a component, in one line, with a place for each option that it has to give. */
export function stackLine(port: PortName, use: string, options: Readonly<Record<string, unknown>> = {}): string {
  const written = /^[A-Za-z][\w-]*$/.test(use) ? use : `'${use}'`
  const component = `{ ${[`use: ${written}`, ...requiredOptions(options)].join(', ')} }`
  return port === 'cacheIndex' ? `cachePolicy: { use: content, index: ${component} }` : `${port}: ${component}`
}

function requiredOptions({ required, properties }: Readonly<Record<string, unknown>>): readonly string[] {
  if (!Array.isArray(required)) return []
  // Sound: in JSON Schema these are names, and schemas by their names; of others nothing is read.
  const schemas = (properties ?? {}) as Readonly<Record<string, OptionMarks | undefined>>
  return required.map((name) => `${name}: ${isSecret(schemas[String(name)]) ? "'${env:NAME}'" : '…'}`)
}

interface OptionMarks {
  readonly secret?: unknown
  readonly writeOnly?: unknown
}

function isSecret(option: OptionMarks | undefined): boolean {
  return option?.secret === true || option?.writeOnly === true
}
