import { canonicalDigest } from '../encoding/canonical.ts'
import type { PlainData } from '../encoding/plain-data.ts'
import { portTypeName, type PortMap } from '../materializer/port.ts'
import type { Graph, GraphNode, TypedSource } from './graph.ts'

/**
 * Digest of a graph's structure: which steps are called where, what they declare, and what is joined to what.
 * Parameter values, invocation ids and places in files do not count, and all repetitions of one call are one.
 */
export function structureDigest(graph: Graph): string {
  return canonicalDigest('structure', describeStructure(graph))
}

function describeStructure(graph: Graph): PlainData {
  const groupOf = new Map<string, number>()
  const groups: Group[] = []
  const bySite = new Map<string, number>()
  for (const node of graph.nodes) {
    // Not the place itself, only which calls share one: moving code is no change of structure.
    const key = `${node.step.name}\n${node.site}`
    const index = bySite.get(key) ?? groups.push({ node, edges: new Set() }) - 1
    bySite.set(key, index)
    groupOf.set(node.id, index)
  }
  for (const node of graph.nodes) {
    const index = groupOf.get(node.id) ?? 0
    for (const edge of edgesOf(node, groupOf, index)) groups[index]?.edges.add(edge)
  }
  return groups.map(({ node, edges }) => ({
    step: node.step.name,
    slot: node.slot ?? null,
    outputs: typeNames(node.step.ports.outputs),
    edges: [...edges].toSorted(),
  }))
}

interface Group {
  readonly node: GraphNode
  readonly edges: Set<string>
}

/**
 * What a node is joined to, by group. The first turn of a loop takes from groups before its own only, so an edge from
 * the same or a later group is what one turn hands to the next, and the number of turns must not count: left out.
 */
function edgesOf(node: GraphNode, groupOf: ReadonlyMap<string, number>, self: number): readonly string[] {
  const edges: string[] = []
  const isBefore = (id: string): boolean => (groupOf.get(id) ?? self) < self
  const add = (label: string, { source }: TypedSource): void => {
    if (source.kind === 'external') edges.push(`${label} <- external`)
    else if (isBefore(source.invocation)) {
      edges.push(`${label} <- ${groupOf.get(source.invocation)}.${source.output}`)
    }
  }
  for (const [name, input] of Object.entries(node.inputs)) {
    for (const source of [input].flat()) add(`input ${name}`, source)
  }
  for (const [name, source] of Object.entries(node.paramSources)) add(`param ${name}`, source)
  if (node.when !== undefined) add('when', node.when)
  for (const id of node.after) if (isBefore(id)) edges.push(`after <- ${groupOf.get(id)}`)
  return edges
}

function typeNames(ports: PortMap): PlainData {
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, portTypeName(port)]))
}
