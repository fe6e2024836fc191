import { cairnError } from '../errors/cairn-error.ts'
import { nearestName } from '../names/nearest.ts'
import type { GraphNode, NodeInput } from './graph.ts'

/** The invocations that a node needs: those whose data it takes, its condition, and those it comes after. */
export function needsOf(node: GraphNode): readonly string[] {
  const ids: string[] = []
  for (const input of Object.values(node.inputs)) addInvocations(ids, input)
  for (const source of Object.values(node.paramSources)) addInvocations(ids, source)
  if (node.when !== undefined) addInvocations(ids, node.when)
  ids.push(...node.after)
  return ids.length < 2 ? ids : [...new Set(ids)]
}

function addInvocations(ids: string[], input: NodeInput): void {
  if (!('source' in input)) for (const item of input) addInvocations(ids, item)
  else if (input.source.kind === 'output') ids.push(input.source.invocation)
}

/**
 * The nodes in the order in which they were made, moved back only where `after` names a later one.
 *
 * @throws CAIRN_GRAPH_CYCLE, CAIRN_INVOCATION_UNKNOWN
 */
export function inOrder(pipeline: string, nodes: readonly GraphNode[]): readonly GraphNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const done = new Set<string>()
  const ordered: GraphNode[] = []
  for (const start of nodes) {
    if (!done.has(start.id)) visit(start)
  }
  return ordered

  /** Depth first without recursion, since a chain may have thousands of nodes. */
  function visit(start: GraphNode): void {
    const path: { readonly node: GraphNode; readonly rest: string[] }[] = []
    const open = new Set<string>()
    const enter = (node: GraphNode): void => {
      path.push({ node, rest: needsOf(node).toReversed() })
      open.add(node.id)
    }
    enter(start)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.pop()
      if (next === undefined) {
        path.pop()
        open.delete(top.node.id)
        done.add(top.node.id)
        ordered.push(top.node)
      } else if (open.has(next)) {
        throw cycle(pipeline, [...path.map(({ node }) => node.id), next])
      } else if (!done.has(next)) {
        enter(byId.get(next) ?? unknown(pipeline, next, { node: top.node, known: byId.keys() }))
      }
    }
  }
}

function cycle(pipeline: string, path: readonly string[]): Error {
  const start = path.indexOf(path.at(-1) ?? '')
  return cairnError('CAIRN_GRAPH_CYCLE', { pipeline, path: path.slice(start).toReversed() })
}

function unknown(
  pipeline: string,
  id: string,
  by: { readonly node: GraphNode; readonly known: Iterable<string> },
): never {
  const option = `\`after\` of step "${by.node.id}"`
  throw cairnError('CAIRN_INVOCATION_UNKNOWN', { pipeline, id, option, nearest: nearestName(id, by.known) })
}
