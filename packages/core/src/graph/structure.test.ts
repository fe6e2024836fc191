import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { pipelineDefinition, type PipelineDefinition } from '../authoring/definition.ts'
import { external } from '../authoring/external.ts'
import type { Artifact } from '../authoring/handle.ts'
import { pipeline } from '../authoring/pipeline.ts'
import { slot } from '../authoring/slot.ts'
import { step } from '../authoring/step.ts'
import { json } from '../materializer/json.ts'
import { list, optional, type Port } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { buildGraph } from './build-graph.ts'
import { structureDigest } from './structure.ts'

const source = (name: string, output: Port = json()): (() => Artifact<never>) =>
  step({ name, output }).implement(() => undefined as never) as never
const load = source('load')
const other = source('other')
const scale = step({
  name: 'scale',
  params: z.object({ by: z.number().default(1) }),
  inputs: { x: json() },
  output: json(),
}).implement(({ x }) => x)
const join = step({ name: 'join', inputs: { a: json(), b: optional(json()) }, output: json() }).implement(({ a }) => a)
const best = step({ name: 'best', inputs: { xs: list(json()) }, output: json() }).implement(() => 1)
const say = step({ name: 'say' }).implement(() => {})

function structure(build: () => unknown, args: Record<string, unknown> = {}, declaration: object = {}): string {
  const made = pipeline({ name: 'p', ...declaration, build })
  return structureDigest(buildGraph(pipelineDefinition(made) as PipelineDefinition, args))
}

describe('the structure of a pipeline', () => {
  const train = (): unknown => scale({ x: load() })

  it('is 64 hex digits, the same for every build', () => {
    expect(structure(train)).toMatch(/^[0-9a-f]{64}$/)
    expect(structure(train)).toBe(structure(train))
  })

  it('does not change with parameters, options, ids, names of variables or places in files', () => {
    const base = structure(train)
    expect(structure(() => scale({ x: load(), by: 7 }))).toBe(base)
    expect(structure(() => scale.with({ params: { by: 3 }, cache: false, tags: ['a'] })({ x: load() }))).toBe(base)
    expect(structure(() => scale({ x: load() }, { id: 'final' }))).toBe(base)
    expect(
      structure(train, {}, { name: 'renamed', cache: false, params: z.object({ a: z.number().default(1) }) }),
    ).toBe(base)
    expect(
      structure(() => {
        const loaded = load()
        return { scaled: scale({ x: loaded }) }
      }),
    ).toBe(base)
  })

  it.each([
    ['a step added', () => [scale({ x: load() }), say()]],
    ['a step removed', () => load()],
    ['a step replaced', () => scale({ x: other() })],
    [
      'a step called at two places instead of one',
      () => {
        scale({ x: load() })
        return scale({ x: external(json(), 1) })
      },
    ],
    [
      'data taken from outside instead of a step',
      () => {
        load()
        return scale({ x: external(json(), 1) })
      },
    ],
    [
      'an order without data',
      () => {
        const x = load()
        return scale({ x }, { after: x })
      },
    ],
    ['a condition', () => scale({ x: load() }, { when: load() })],
    [
      'a parameter taken from a step',
      () => {
        const x = load()
        return scale({ x, by: x })
      },
    ],
  ])('changes with %s', (_name, build) => {
    expect(structure(build)).not.toBe(structure(train))
  })

  it('changes with an edge that goes elsewhere', () => {
    const joined = (swap: boolean): string =>
      structure(() => {
        const [a, b] = [load(), other()]
        return swap ? join({ a: b, b: a }) : join({ a, b })
      })
    expect(joined(true)).not.toBe(joined(false))
    expect(
      structure(() => {
        const a = load()
        other()
        return join({ a })
      }),
    ).not.toBe(joined(false))
  })

  it('changes with what a step declares to give', () => {
    const of = (output: Port): string => structure(() => source('load', output)())
    const digests = [of(json()), of(text), of(list(json())), of(optional(json()))]
    expect(new Set(digests).size).toBe(digests.length)
    const named = (outputs: Record<string, Port>): string =>
      structure(() => (step({ name: 'load', outputs }).implement((() => ({})) as never) as () => unknown)())
    expect(named({ a: json(), b: json() })).not.toBe(named({ a: json() }))
    expect(named({ a: json(), b: text })).toBe(named({ b: text, a: json() }))
    expect(named({ output: json() })).toBe(of(json()))
  })

  it('changes with the step that fills a slot, and with a slot instead of a step', () => {
    const slotted = pipeline({
      name: 'p',
      slots: { load: slot({ output: json() }) },
      build: (_args, steps) => steps.load(),
    })
    const filled = (by: unknown): string => {
      const made = slotted.with({ steps: { load: by as never } })
      return structureDigest(buildGraph(pipelineDefinition(made) as PipelineDefinition, {}))
    }
    expect(filled(load)).not.toBe(filled(other))
    expect(filled(load)).not.toBe(structure(() => load()))
    expect(filled(load)).toBe(filled(load))
  })
})

describe('the structure of a loop', () => {
  const turns = [1, 2, 3, 10]
  const all = (build: (count: number) => unknown): readonly string[] =>
    turns.map((count) => structure(() => build(count)))
  const isOne = (build: (count: number) => unknown): void => expect(new Set(all(build)).size).toBe(1)
  const times = <T>(count: number, turn: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => turn(index))

  it('is one for a sweep and its fan-in', () => {
    isOne((count) => {
      const x = load()
      return best({ xs: times(count, (by) => scale({ x, by })) })
    })
  })

  it('is one for several steps per turn', () => {
    isOne((count) => best({ xs: times(count, () => join({ a: load(), b: scale({ x: other() }) })) }))
  })

  it('is one for a chain that feeds itself', () => {
    isOne((count) => {
      let x: Artifact<unknown> = load()
      for (let turn = 0; turn < count; turn++) x = scale({ x })
      return x
    })
  })

  it('is one for a chain of several steps that feeds itself', () => {
    isOne((count) => {
      let x: Artifact<unknown> = load()
      for (let turn = 0; turn < count; turn++) {
        const scaled = scale({ x })
        x = join({ a: scaled })
      }
      return say({}, { after: x })
    })
  })

  it('is one where each turn comes after the one before', () => {
    isOne((count) => {
      let before: { readonly id: string } = load()
      for (let turn = 0; turn < count; turn++) before = say({}, { after: before })
    })
  })

  it('is one for a loop over an inner pipeline', () => {
    const inner = pipeline({ name: 'inner', inputs: { x: json() }, build: ({ x }) => scale({ x: scale({ x }) }) })
    isOne((count) => {
      const x = load()
      return best({ xs: times(count, () => inner({ x })) })
    })
    isOne((count) => {
      let x: Artifact<unknown> = load()
      for (let turn = 0; turn < count; turn++) x = inner({ x })
      return x
    })
  })

  it('is one for loops in loops', () => {
    isOne((count) => {
      const x = load()
      return best({ xs: times(count, () => best({ xs: times(count, () => scale({ x })) })) })
    })
  })

  it('is another one than that of the calls written out', () => {
    const written = structure(() => {
      const x = load()
      return best({ xs: [scale({ x }), scale({ x })] })
    })
    expect(all((count) => best({ xs: ((x) => times(count, () => scale({ x })))(load()) }))).not.toContain(written)
  })

  it('tells two inner pipelines at two places from one in a loop', () => {
    const inner = pipeline({ name: 'inner', inputs: { x: json() }, build: ({ x }) => scale({ x }) })
    const two = structure(() => {
      const x = load()
      return [inner({ x }), inner({ x })]
    })
    const [, looped] = all((count) => {
      const x = load()
      return times(count, () => inner({ x }))
    })
    expect(two).not.toBe(looped)
  })

  it('changes with the body of the loop', () => {
    const [one] = all((count) => {
      const x = load()
      return times(count, () => scale({ x }))
    })
    const [more] = all((count) => {
      const x = load()
      return times(count, () => join({ a: scale({ x }) }))
    })
    expect(one).not.toBe(more)
  })
})
