import type { PlacedPiece } from './cut-module.ts'

/**
 * Text of the first module of a bundle: it loads modules in the order of the project and exports what a worker needs.
 *
 * @param loads files to load, in order
 * @param file the one that has the pieces of the step
 */
export function entryText(loads: readonly string[], file: string, placed: readonly PlacedPiece[]): string {
  const variables = [...new Set(placed.map(({ variable }) => variable))]
  return [
    ...loads.map((path) => `import ${JSON.stringify(path)};`),
    `import {${variables.join()}} from ${JSON.stringify(file)};`,
    `export const run=${valueOf(placed, 'run') ?? 'undefined'};`,
    `export const ports=${portsText(placed)};`,
  ].join('\n')
}

function portsText(placed: readonly PlacedPiece[]): string {
  const declaration = valueOf(placed, 'declaration')
  if (declaration !== undefined) {
    return `(d=>({inputs:d.inputs??{},outputs:d.output===void 0?d.outputs??{}:{output:d.output}}))(${declaration})`
  }
  return `{inputs:${groupText(placed, 'input')},outputs:${groupText(placed, 'output')}}`
}

function groupText(placed: readonly PlacedPiece[], group: string): string {
  const all = valueOf(placed, `${group}:*`)
  if (all !== undefined) return all
  const members = placed.flatMap(({ piece: { what }, variable, index }) =>
    what.startsWith(`${group}:`) ? [`${JSON.stringify(what.slice(group.length + 1))}:${variable}[${index}]`] : [],
  )
  return `{${members.join()}}`
}

function valueOf(placed: readonly PlacedPiece[], what: string): string | undefined {
  const found = placed.find(({ piece }) => piece.what === what)
  return found === undefined ? undefined : `${found.variable}[${found.index}]`
}
