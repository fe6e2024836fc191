import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { pipelineDefinition, type PipelineDefinition } from '../authoring/definition.ts'
import { external } from '../authoring/external.ts'
import { isHandle } from '../authoring/handle.ts'
import { pipeline } from '../authoring/pipeline.ts'
import { slot } from '../authoring/slot.ts'
import { step } from '../authoring/step.ts'
import { vector } from '../materializer/arrays.ts'
import { json } from '../materializer/json.ts'
import { list, optional } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { buildGraph } from './build-graph.ts'
import type { Graph, GraphNode } from './graph.ts'
import { needsOf } from './in-order.ts'

const load = step({ name: 'load', outputs: { x: vector, y: vector } }).implement(() => ({
  x: new Float64Array(),
  y: new Float64Array(),
}))
const scale = step({
  name: 'scale',
  params: z.object({ by: z.number().default(2) }),
  inputs: { x: vector },
  output: vector,
}).implement(({ x }) => x)
const best = step({ name: 'best', inputs: { scores: list(vector) }, output: z.number() }).implement(() => 1)
const note = step({ name: 'note', inputs: { s: z.number(), note: optional(z.string()) } }).implement(() => {})
const check = step({ name: 'check', output: z.boolean() }).implement(() => true)
const many = step({ name: 'many', output: list(vector) }).implement(() => [])

function graphOf(build: (args: never, steps: never) => unknown, declaration: object = {}, args: object = {}): Graph {
  const made = pipeline({ name: 'p', ...declaration, build: build as () => unknown })
  return buildGraph(pipelineDefinition(made) as PipelineDefinition, args as Record<string, unknown>)
}
const ids = (graph: Graph): readonly string[] => graph.nodes.map((node) => node.id)
const node = (graph: Graph, id: string): GraphNode => graph.nodes.find((one) => one.id === id) as GraphNode

describe('buildGraph', () => {
  it('wires named outputs to inputs and keeps what build returned', () => {
    const graph = graphOf(() => {
      const { x } = load()
      return { scaled: scale({ x, by: 3 }) }
    })
    expect(ids(graph)).toEqual(['load', 'scale'])
    expect(node(graph, 'scale')).toMatchObject({
      params: { by: 3 },
      inputs: { x: { source: { kind: 'output', invocation: 'load', output: 'x' }, port: vector } },
      after: [],
      slot: undefined,
      when: undefined,
    })
    expect(isHandle((graph.result as { scaled: unknown }).scaled)).toBe(true)
  })

  it('validates the parameters of the pipeline and hands them to build as values', () => {
    const params = z.object({ gammas: z.array(z.number()).default([1, 2]) })
    const graph = graphOf(({ gammas }: { gammas: number[] }) => gammas.map((by) => scale({ by, x: load().x })), {
      params,
    })
    expect(graph.params).toEqual({ gammas: [1, 2] })
    expect(ids(graph)).toEqual(['load', 'scale', 'load_2', 'scale_2'])
    expect(graph.nodes.map((one) => one.params)).toEqual([{}, { by: 1 }, {}, { by: 2 }])
    expect(() => graphOf(() => {}, { params }, { gammas: ['a'] })).toThrow('"gammas.0"')
  })

  it('lets parameters of a call win over preset ones', () => {
    const graph = graphOf(() => {
      const preset = scale.with({ params: { by: 5 } })
      const { x } = load()
      return [preset({ x }), preset({ x, by: 6 }), preset({ x, by: undefined } as never)]
    })
    expect(graph.nodes.slice(1).map((one) => one.params)).toEqual([{ by: 5 }, { by: 6 }, { by: 5 }])
  })

  it('takes a handle for a parameter, apart from the values', () => {
    const score = step({ name: 'score', output: z.number() }).implement(() => 1)
    const graph = graphOf(() => scale({ x: load().x, by: score() }))
    expect(node(graph, 'scale').params).toEqual({})
    expect(node(graph, 'scale').paramSources).toMatchObject({
      by: { source: { invocation: 'score', output: 'output' } },
    })
    expect(needsOf(node(graph, 'scale'))).toEqual(['load', 'score'])
  })

  it('takes an array of handles, an empty one, and one handle on a list for a list', () => {
    const graph = graphOf(() => {
      const { x, y } = load()
      best({ scores: [x, y, scale({ x })] })
      best({ scores: [] })
      best({ scores: many() })
    })
    expect(node(graph, 'best').inputs['scores']).toMatchObject([
      { source: { output: 'x' } },
      { source: { output: 'y' } },
      { source: { invocation: 'scale' } },
    ])
    expect(node(graph, 'best_2').inputs['scores']).toEqual([])
    expect(node(graph, 'best_3').inputs['scores']).toMatchObject({ source: { invocation: 'many' } })
  })

  it('leaves out an optional input that was given nothing', () => {
    const graph = graphOf(() => {
      const s = best({ scores: [] })
      note({ s })
      note({ s, note: undefined })
      note({ s, note: external(z.string(), 'a') })
    })
    expect(['note', 'note_2', 'note_3'].map((id) => Object.keys(node(graph, id).inputs))).toEqual([
      ['s'],
      ['s'],
      ['s', 'note'],
    ])
  })

  it('takes data from outside, as a value or a file, in any build', () => {
    const data = external(vector, { file: 'x.npy' })
    const build = ({ x }: { x: never }): unknown => scale({ x })
    for (const turn of [1, 2]) {
      const graph = graphOf(
        build,
        { inputs: { x: vector } },
        { x: turn === 1 ? data : external(vector, new Float64Array([1])) },
      )
      expect(node(graph, 'scale').inputs['x']).toMatchObject({ source: { kind: 'external' } })
      expect(needsOf(node(graph, 'scale'))).toEqual([])
    }
    expect(ids(graphOf(() => scale({ x: data })))).toEqual(['scale'])
  })

  it('takes conditions that are booleans', () => {
    const graph = graphOf(() => scale({ x: load().x }, { when: check() }))
    expect(node(graph, 'scale').when).toMatchObject({ source: { invocation: 'check' } })
    expect(needsOf(node(graph, 'scale'))).toEqual(['load', 'check'])
  })
})

describe('the ids of invocations', () => {
  it('are numbered by name, whatever is called in between, and skip names that are taken', () => {
    const graph = graphOf(() => {
      const { x } = load()
      scale({ x })
      scale({ x }, { id: 'scale_2' })
      scale({ x })
      load()
      scale({ x }, { id: 'final' })
      scale({ x })
    })
    expect(ids(graph)).toEqual(['load', 'scale', 'scale_2', 'scale_3', 'load_2', 'final', 'scale_4'])
  })

  it('are shared by the copies of a step', () => {
    const graph = graphOf(() => {
      const { x } = load()
      scale({ x })
      scale.with({ params: { by: 9 } })({ x })
    })
    expect(ids(graph)).toEqual(['load', 'scale', 'scale_2'])
  })

  it('may be given to tell two different steps of one name apart', () => {
    const otherScale = step({ name: 'scale', output: vector }).implement(() => new Float64Array())
    const graph = graphOf(() => {
      scale({ x: load().x })
      otherScale({}, { id: 'other' })
    })
    expect(ids(graph)).toEqual(['load', 'scale', 'other'])
  })
})

describe('slots', () => {
  const declaration = {
    slots: {
      importer: slot({ outputs: { x: vector, y: vector } }),
      scaler: slot({ inputs: { x: vector }, output: vector }),
    },
  }
  const build = (
    _args: unknown,
    steps: Record<'importer' | 'scaler', (args?: unknown, options?: object) => never>,
  ): unknown => {
    const first = steps.scaler({ x: (steps.importer() as { x: unknown }).x })
    return steps.scaler({ x: first }, { id: 'last' })
  }

  it('give their name to the invocation; the step keeps its own', () => {
    const made = pipeline({ name: 'p', ...declaration, build: build as never }).with({
      steps: { importer: load, scaler: scale.with({ params: { by: 7 } }) },
    })
    const graph = buildGraph(pipelineDefinition(made) as PipelineDefinition, {})
    expect(graph.nodes.map(({ id, slot: role, step: { name } }) => [id, role, name])).toEqual([
      ['importer', 'importer', 'load'],
      ['scaler', 'scaler', 'scale'],
      ['last', 'scaler', 'scale'],
    ])
    expect(node(graph, 'scaler').params).toEqual({ by: 7 })
  })

  it('may have the name of something that every object has', () => {
    const slots = { constructor: slot({ output: vector }) }
    const made = pipeline({ name: 'p', slots, build: () => {} })
    expect(() => buildGraph(pipelineDefinition(made) as PipelineDefinition, {})).toThrow(
      expect.objectContaining({ code: 'CAIRN_SLOT_UNFILLED', details: { pipeline: 'p', slots: ['constructor'] } }),
    )
  })
})

describe('pipelines inside pipelines', () => {
  const inner = pipeline({
    name: 'inner',
    params: z.object({ by: z.number().default(1) }),
    inputs: { x: vector },
    cache: false,
    build: ({ by, x }) => ({ once: scale({ by, x }), twice: scale({ by, x }) }),
  })
  const middle = pipeline({ name: 'middle', tags: ['m'], build: () => inner({ x: load().x, by: 5 }) })

  it('are inlined with a prefix, each numbered within its own', () => {
    const graph = graphOf(() => {
      const { x } = load()
      const first = inner({ x })
      inner({ x: first.once, by: 2 })
      inner({ x }, { id: 'third' })
      return middle()
    })
    expect(ids(graph)).toEqual([
      'load',
      'inner.scale',
      'inner.scale_2',
      'inner_2.scale',
      'inner_2.scale_2',
      'third.scale',
      'third.scale_2',
      'middle.load',
      'middle.inner.scale',
      'middle.inner.scale_2',
    ])
    expect(graph.result).toMatchObject({ once: { id: 'middle.inner.scale' } })
    expect(node(graph, 'inner_2.scale').inputs['x']).toMatchObject({ source: { invocation: 'inner.scale' } })
    expect(node(graph, 'middle.inner.scale').params).toEqual({ by: 5 })
  })

  it('keep the options of every pipeline around a step, outermost first', () => {
    const graph = graphOf(() => middle(), { retry: { attempts: 2 } })
    expect(node(graph, 'middle.inner.scale').pipelineOptions).toEqual([
      { retry: { attempts: 2 } },
      { tags: ['m'] },
      { cache: false },
    ])
    expect(node(graph, 'middle.load').pipelineOptions).toEqual([{ retry: { attempts: 2 } }, { tags: ['m'] }])
  })

  it('are left behind after a failure inside', () => {
    const failing = pipeline({
      name: 'failing',
      build: () => {
        throw new Error('on purpose')
      },
    })
    const graph = graphOf(() => {
      expect(() => failing()).toThrow('on purpose')
      load()
    })
    expect(ids(graph)).toEqual(['load'])
  })

  it('may be built while another build goes on', () => {
    const graph = graphOf(() => {
      load()
      expect(ids(graphOf(() => check()))).toEqual(['check'])
      load()
    })
    expect(ids(graph)).toEqual(['load', 'load_2'])
  })

  it('do not clash with a step of their name', () => {
    const same = step({ name: 'inner', output: json() }).implement(() => 1)
    const graph = graphOf(() => {
      same()
      inner({ x: load().x })
    })
    expect(ids(graph)).toEqual(['inner', 'load', 'inner_2.scale', 'inner_2.scale_2'])
  })
})

describe('a build of 10 000 invocations', () => {
  const grow = step({ name: 'grow', inputs: { x: json() }, output: json() }).implement(({ x }) => x)
  const gather = step({ name: 'gather', inputs: { xs: list(json()) }, output: json() }).implement(() => 1)
  const seed = step({ name: 'seed', output: json() }).implement(() => 1)

  it('completes as one chain', () => {
    const graph = graphOf(() => {
      let x = seed()
      for (let turn = 0; turn < 10_000; turn++) x = grow({ x })
      return x
    })
    expect(graph.nodes).toHaveLength(10_001)
    expect(graph.nodes.at(-1)?.id).toBe('grow_10000')
  })

  it('completes as a fan', () => {
    const graph = graphOf(() => gather({ xs: Array.from({ length: 10_000 }, () => grow({ x: external(json(), 1) })) }))
    expect(needsOf(graph.nodes.at(-1) as GraphNode)).toHaveLength(10_000)
  })

  it('completes in the order that `after` asks for, against the order of the calls', () => {
    const graph = graphOf(() => {
      for (let turn = 1; turn <= 10_000; turn++) {
        check({}, { id: `c${turn}`, ...(turn < 10_000 ? { after: { id: `c${turn + 1}` } } : {}) })
      }
    })
    expect(graph.nodes[0]?.id).toBe('c10000')
    expect(graph.nodes.at(-1)?.id).toBe('c1')
  })
})

describe('text as a parameter name of every object', () => {
  it('is absent until it is given', () => {
    const odd = step({ name: 'odd', inputs: { toString: optional(text), constructor: text } }).implement(() => {})
    expect(() => graphOf(() => odd({} as never))).toThrow(
      expect.objectContaining({
        code: 'CAIRN_INPUT_MISSING',
        details: expect.objectContaining({ name: 'constructor' }) as object,
      }),
    )
    const graph = graphOf(() => odd({ constructor: external(text, 'a') } as never))
    expect(Object.keys(node(graph, 'odd').inputs)).toEqual(['constructor'])
  })
})
