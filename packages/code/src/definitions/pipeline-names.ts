import { Visitor, type CallExpression, type Expression, type Program } from 'oxc-parser'

import { parseCode } from '../summary/parse-code.ts'

/** The pipelines that a file defines, as far as its text tells. */
export interface PipelineNames {
  readonly names: readonly string[]
  /** Whether it defines one whose name is only known when it runs, or cannot be parsed. */
  readonly isUnclear: boolean
}

/**
 * Finds the names of `pipeline({ name: 'train' })` in a file without running it. A name may be a constant of the file.
 * Whatever calls itself `pipeline` counts.
 */
export function pipelineNames(file: string, text: string): PipelineNames {
  const parsed = parseCode(file, text)
  if ('problem' in parsed) return { names: [], isUnclear: true }
  const { program } = parsed
  const callees = new Set(['pipeline', ...importedAs(program)])
  const constants = textConstants(program)
  const names: string[] = []
  let isUnclear = false
  new Visitor({
    CallExpression(call) {
      if (!isPipelineCall(call, callees)) return
      const name = nameOf(call, constants)
      if (name === undefined) isUnclear = true
      else names.push(name)
    },
  }).visit(program)
  return { names, isUnclear }
}

/** Local names of what is exported as `pipeline`. */
function importedAs(program: Program): readonly string[] {
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration') return []
    return statement.specifiers.flatMap((specifier) => {
      if (specifier.type !== 'ImportSpecifier') return []
      const { imported } = specifier
      const name = imported.type === 'Identifier' ? imported.name : imported.value
      return name === 'pipeline' ? [specifier.local.name] : []
    })
  })
}

function textConstants(program: Program): ReadonlyMap<string, string> {
  const constants = new Map<string, string>()
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue
    for (const { id, init } of declaration.declarations) {
      const text = init === null ? undefined : literalText(init)
      if (id.type === 'Identifier' && text !== undefined) constants.set(id.name, text)
    }
  }
  return constants
}

function isPipelineCall({ callee }: CallExpression, callees: ReadonlySet<string>): boolean {
  if (callee.type === 'Identifier') return callees.has(callee.name)
  return callee.type === 'MemberExpression' && !callee.computed && callee.property.name === 'pipeline'
}

function nameOf(
  { arguments: [declaration] }: CallExpression,
  constants: ReadonlyMap<string, string>,
): string | undefined {
  if (declaration?.type !== 'ObjectExpression') return undefined
  const property = declaration.properties.findLast(
    (one) => one.type === 'Property' && !one.computed && keyOf(one.key) === 'name',
  )
  if (property?.type !== 'Property') return undefined
  const { value } = property
  return value.type === 'Identifier' ? constants.get(value.name) : literalText(value)
}

function keyOf(key: { readonly type: string; readonly name?: unknown; readonly value?: unknown }): unknown {
  return key.type === 'Identifier' ? key.name : key.value
}

function literalText(node: Expression): string | undefined {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression') return literalText(node.expression)
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}
