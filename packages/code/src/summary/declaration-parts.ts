import type { CallExpression, Node, ObjectProperty } from 'oxc-parser'

import { keyText, literalText } from './syntax.ts'

/** A declared port and the expression that says its type. */
export interface DeclaredPort {
  readonly port: string
  readonly value: Node
}

/** A declaration that is an object literal, taken apart. */
export interface DeclarationParts {
  readonly name?: string | undefined
  readonly ports: readonly DeclaredPort[]
  readonly rest: readonly ObjectProperty[]
}

const GROUPS: Readonly<Record<string, string>> = { inputs: 'input', outputs: 'output' }

/**
 * Takes the declaration of a step apart; `undefined` if not all of it is in one object literal: then any of it may be a
 * port.
 */
export function declarationParts(call: CallExpression): DeclarationParts | undefined {
  const declaration = call.arguments.length === 1 ? call.arguments[0] : undefined
  if (declaration?.type !== 'ObjectExpression') return undefined
  const properties = plainProperties(declaration.properties)
  if (properties === undefined) return undefined
  const ports: DeclaredPort[] = []
  const rest: ObjectProperty[] = []
  let name: string | undefined
  for (const property of properties) {
    const key = keyText(property.key, property.computed) ?? ''
    if (key === 'name') name = literalText(property.value)
    if (key === 'output') ports.push({ port: 'output:output', value: property.value })
    else if (key === 'params') ports.push({ port: 'params', value: property.value })
    else if (Object.hasOwn(GROUPS, key)) ports.push(...groupedPorts(GROUPS[key] ?? '', property.value))
    else rest.push(property)
  }
  return { name, ports, rest }
}

function groupedPorts(group: string, value: Node): readonly DeclaredPort[] {
  const properties = value.type === 'ObjectExpression' ? plainProperties(value.properties) : undefined
  if (properties === undefined) return [{ port: `${group}:*`, value }]
  return properties.map((property) => ({
    port: `${group}:${keyText(property.key, property.computed) ?? ''}`,
    value: property.value,
  }))
}

/** Properties whose names are all in the text, each there once: no spreads, getters or computed keys. */
function plainProperties(properties: readonly Node[]): readonly ObjectProperty[] | undefined {
  const plain = properties.filter((one) => one.type === 'Property')
  const keys = plain.map((one) => keyText(one.key, one.computed))
  const isPlain =
    plain.length === properties.length &&
    plain.every((one) => one.kind === 'init') &&
    keys.every((key) => key !== undefined && key !== '__proto__') &&
    new Set(keys).size === keys.length
  // Sound: patterns have properties of the same kind, but these are of an object literal.
  return isPlain ? (plain as unknown as readonly ObjectProperty[]) : undefined
}
