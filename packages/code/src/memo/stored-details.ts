import type { ClosureDetail, NodeDetail } from './closure-detail.ts'

/** Details of closures as JSON: each piece of code stored once. */
export interface StoredDetails {
  readonly nodes: readonly StoredNode[]
  readonly closures: Readonly<Record<string, StoredDetail>>
}

/** The file as an index into the table of files; the unit is -1 where there is none. */
type StoredNode = readonly [
  label: string,
  kind: string,
  tokens: string,
  file: number,
  unit: number,
  ...definitions: number[],
]

interface StoredDetail extends Pick<ClosureDetail, 'structure' | 'rootTokens' | 'root'> {
  /** Indices of the nodes. */
  readonly nodes: readonly number[]
}

/** Details in the form in which they are stored; `paths` are those of the table of files. */
export function storedDetails(details: ReadonlyMap<string, ClosureDetail>, paths: readonly string[]): StoredDetails {
  const files = new Map(paths.map((path, index) => [path, index]))
  const nodes: StoredNode[] = []
  const numbers = new Map<string, number>()
  const numberOf = ({ file, unit = -1, definitions, label, kind, tokens }: NodeDetail): number => {
    const place = `${tokens} ${unit} ${definitions.join()} ${file}`
    let number = numbers.get(place)
    if (number === undefined) {
      number = nodes.push([label, kind, tokens, files.get(file) ?? -1, unit, ...definitions]) - 1
      numbers.set(place, number)
    }
    return number
  }
  const closures = Object.fromEntries(
    Array.from(details, ([key, { structure, rootTokens, root, nodes: own }]) => [
      key,
      { structure, rootTokens, root, nodes: own.map(numberOf) },
    ]),
  )
  return { nodes, closures }
}

/** Details from the form in which they are stored. */
export function detailsOf(stored: StoredDetails, paths: readonly string[]): Map<string, ClosureDetail> {
  const nodes = stored.nodes.map(([label, kind, tokens, file, unit, ...definitions]): NodeDetail => {
    const part = { file: paths[file] ?? '', definitions, label, kind, tokens }
    return unit === -1 ? part : { ...part, unit }
  })
  return new Map(
    Object.entries(stored.closures).map(([key, { nodes: own, ...detail }]) => [
      key,
      { ...detail, nodes: own.flatMap((number) => nodes[number] ?? []) },
    ]),
  )
}
