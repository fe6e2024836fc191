import { closureDigest } from '../closure/digest-of-closure.ts'
import { definitionPieces, nodeTokens } from '../reach/node-tokens.ts'
import type { CodeFacts, Definition, ModuleSummary } from '../summary/module-summary.ts'
import type { ClosureDetail, NodeDetail } from './closure-detail.ts'
import { ClosureDetails } from './closure-details.ts'
import { movedKey, pathInProject, placeOfKey } from './closure-key.ts'
import { movedLines } from './moved-lines.ts'
import type { ClosureWithFiles } from './stored-closures.ts'
import type { SummaryChange } from './summary-change.ts'

/** Closures that are known, by key, with what is needed to make them again. */
export interface KnownClosures {
  readonly closures: ReadonlyMap<string, ClosureWithFiles>
  readonly ports: ReadonlyMap<string, readonly string[]>
  readonly details: ReadonlyMap<string, ClosureDetail>
}

/** The same closures after the texts of some files have changed. */
export interface RepairedClosures {
  readonly closures: Map<string, ClosureWithFiles>
  readonly ports: Map<string, readonly string[]>
  readonly details: ClosureDetails
}

/** Files whose summaries have changed and kept their shape, by absolute path. */
export interface ChangedSummaries {
  readonly projectDir: string
  readonly changes: ReadonlyMap<string, SummaryChange>
}

/**
 * Brings closures up to date with files whose shape is the same: what leads to what is as it was, so that only tokens
 * and lines are found again. What cannot be said for certain is left out, and has to be walked to.
 */
export function repairClosures(known: KnownClosures, changed: ChangedSummaries): RepairedClosures {
  const repair = new Repair(changed)
  const repaired: RepairedClosures = { closures: new Map(), ports: new Map(), details: new ClosureDetails() }
  for (const [key, closure] of known.closures) {
    const detail = known.details.get(key)
    if (!repair.touches(closure)) {
      repaired.closures.set(key, closure)
      if (detail !== undefined) repaired.details.set(key, detail)
      continue
    }
    const made = detail === undefined ? undefined : repair.closure(key, closure, detail)
    if (made === undefined) continue
    repaired.closures.set(made.key, made.closure)
    repaired.details.set(made.key, made.detail)
  }
  for (const [key, ports] of known.ports) {
    const root = repair.root(key)
    if (root !== undefined) repaired.ports.set(root.key, ports)
  }
  return repaired
}

/** The definition that a key names, before and after the change of its file. */
interface RepairedRoot {
  /** The key where the definition is now. */
  readonly key: string
  /** `undefined` if its file has not changed. */
  readonly moved?: { readonly before: Definition; readonly after: Definition; readonly change: SummaryChange }
}

interface RepairedClosure {
  readonly key: string
  readonly closure: ClosureWithFiles
  readonly detail: ClosureDetail
}

class Repair {
  readonly #changes: ReadonlyMap<string, SummaryChange>
  readonly #byPath: ReadonlyMap<string, SummaryChange>
  readonly #nodes = new Map<NodeDetail, NodeDetail>()
  readonly #touched = new Map<readonly string[], boolean>()

  constructor({ projectDir, changes }: ChangedSummaries) {
    this.#changes = changes
    this.#byPath = new Map(Array.from(changes, ([file, change]) => [pathInProject(projectDir, file), change]))
  }

  touches({ files }: ClosureWithFiles): boolean {
    let touches = this.#touched.get(files)
    if (touches === undefined) {
      touches = files.some((file) => this.#changes.has(file))
      this.#touched.set(files, touches)
    }
    return touches
  }

  closure(key: string, { closure, files }: ClosureWithFiles, detail: ClosureDetail): RepairedClosure | undefined {
    // Guards against details that are not those of this closure.
    if (closureDigest(detail.structure, detail) !== closure.digest) return undefined
    const found = this.root(key)
    const root = found && repairedRoot(found, detail)
    const lines = movedLines(closure, this.#byPath)
    if (found === undefined || root === undefined || lines === undefined) return undefined
    const repaired = { ...detail, ...root, nodes: detail.nodes.map((node) => this.#node(node)) }
    const digest = closureDigest(repaired.structure, repaired)
    return { key: found.key, closure: { closure: { ...closure, ...lines, digest }, files }, detail: repaired }
  }

  /** Nothing for a place that is no definition by its looks: what is there has to be searched for. */
  root(key: string): RepairedRoot | undefined {
    const { at, path, what } = placeOfKey(key)
    const change = this.#byPath.get(path)
    if (change === undefined) return { key }
    if (what === 'unit') return undefined
    const index = change.before.definitions.findIndex((definition) => definition.at === at)
    const before = change.before.definitions[index]
    const after = change.after.definitions[index]
    if (before === undefined || after === undefined) return undefined
    return { key: movedKey(key, after.at), moved: { before, after, change } }
  }

  #node(node: NodeDetail): NodeDetail {
    const change = this.#changes.get(node.file)
    if (change === undefined) return node
    let repaired = this.#nodes.get(node)
    if (repaired === undefined) {
      repaired = repairedNode(node, change.after)
      this.#nodes.set(node, repaired)
    }
    return repaired
  }
}

function repairedNode(node: NodeDetail, summary: ModuleSummary): NodeDetail {
  const unit = node.unit === undefined ? undefined : summary.units[node.unit]
  const isNamed = unit === undefined || unit.names.join() !== ''
  return {
    ...node,
    label: isNamed || unit.gist !== undefined ? node.label : withLine(node.label, unit.line),
    tokens: nodeTokens(summary, node),
  }
}

/** The hashes of a root are found again by the positions that they had among those of its definition. */
function repairedRoot(
  { moved }: RepairedRoot,
  { rootTokens, root }: ClosureDetail,
): Pick<ClosureDetail, 'rootTokens' | 'root'> | undefined {
  if (moved === undefined) return { rootTokens, root }
  const { before, after, change } = moved
  const now = piecesAround(change.after, after)
  const hashes = new Map<string, string | undefined>()
  piecesAround(change.before, before).forEach((piece, index) => {
    const hash = now[index]?.hash
    const isAmbiguous = hashes.has(piece.hash) && hashes.get(piece.hash) !== hash
    hashes.set(piece.hash, isAmbiguous ? undefined : hash)
  })
  const tokens = rootTokens.split(',').map((hash) => hashes.get(hash))
  if (tokens.includes(undefined)) return undefined
  const names = change.after.units[after.unit]?.names ?? []
  const isNamed = names.join() !== '' || after.name !== undefined
  return {
    rootTokens: tokens.join(),
    root: isNamed ? root : { ...root, label: withLine(root.label, after.line) },
  }
}

/** All pieces of code of which those of a root are some. */
function piecesAround(summary: ModuleSummary, definition: Definition): readonly CodeFacts[] {
  const names = summary.units[definition.unit]?.names ?? []
  const loose = summary.looseImplementations.filter(({ of }) => names.includes(of))
  return [...definitionPieces(definition), ...loose.map(({ implementation }) => implementation)].flatMap((piece) =>
    withNested(summary, piece),
  )
}

function withNested(summary: ModuleSummary, piece: CodeFacts): readonly CodeFacts[] {
  const inside = (piece.definitions ?? []).flatMap((index) => definitionPieces(summary.definitions[index]))
  return [piece, ...inside.flatMap((one) => withNested(summary, one))]
}

function withLine(label: string, line: number): string {
  return `${label.slice(0, label.lastIndexOf(':'))}:${line}`
}
