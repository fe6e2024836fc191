import type { ClosureRefusal } from '../closure/step-closure.ts'
import type { ClosureWalk } from '../reach/closure-walk.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import { StateChanges, type ChangedState, type StateChange } from './state-changes.ts'

/**
 * Finds module state of a closure that code changes while steps run: by other steps, by pipelines, or by the step
 * itself. Then a result depends on what ran before, and no text says so. A memo, which only fills in what was not
 * there, is fine.
 */
export class SharedState {
  readonly #graph: CodeGraph
  readonly #changes: StateChanges

  constructor(graph: CodeGraph) {
    this.#graph = graph
    this.#changes = new StateChanges(graph)
  }

  /** Why the state of a closure is not its own. */
  refusals(walk: ClosureWalk, order: readonly string[]): readonly ClosureRefusal[] {
    const changes = this.#changes.of(order)
    if (changes.units.size === 0 && changes.globals.size === 0 && changes.environment.size === 0) return []
    const refusals: ClosureRefusal[] = []
    for (const key of walk.unitKeys) {
      const change = changes.units.get(key)
      if (change !== undefined) refusals.push(this.#refusal(key, change))
    }
    const globals = new Set(walk.linked.flatMap(({ shape }) => globalsIn(shape)))
    for (const [name, change] of changes.globals) {
      const isRead = globals.has(name) || GLOBAL_OBJECTS.some((object) => globals.has(object))
      if (isRead || name === '*' || PROTOTYPES.has(name)) {
        refusals.push({
          reason: `global ${name === '*' ? 'globalThis' : name} is changed by ${change.by}`,
          at: change.at,
        })
      }
    }
    return [...refusals, ...environmentRefusals(walk, changes)]
  }

  #refusal(key: string, change: StateChange): ClosureRefusal {
    const at = key.lastIndexOf('#')
    const file = key.slice(0, at)
    const unit = this.#graph.unit(file, Number(key.slice(at + 1)))
    const name = unit.names[0] ?? 'state'
    return {
      reason: `module-level ${name} (${this.#graph.paths.at(file, unit.line)}) is changed by ${change.by}`,
      at: change.at,
    }
  }
}

/** Variables that the language itself reads. */
const READ_BY_ALL = /^(?:TZ|LANG|LC_.*|NODE_.*)$/

function environmentRefusals(walk: ClosureWalk, { environment }: ChangedState): readonly ClosureRefusal[] {
  const read = new Set(walk.linked.flatMap((linked) => linked.environment))
  return Array.from(environment).flatMap(([name, { by, at }]) => {
    const isRead = READ_BY_ALL.test(name) || read.has(name) || read.has('*') || (name === '*' && read.size > 0)
    return isRead ? [{ reason: `environment variable ${name} is changed by ${by}`, at }] : []
  })
}

const GLOBAL_OBJECTS = ['globalThis', 'global', 'self', 'window']

/** Objects of the language that every piece of code uses without naming them. */
const PROTOTYPES = new Set(['Array', 'Object', 'String', 'Number', 'Function', 'Promise', 'Map', 'Set', 'RegExp'])

function globalsIn(shape: string): readonly string[] {
  return Array.from(shape.matchAll(/(?<=\d:)global\.([\w$]+)/g), ([, name = '']) => name)
}
