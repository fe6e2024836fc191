import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { pipelineDefinition, type PipelineDefinition } from '../authoring/definition.ts'
import { external } from '../authoring/external.ts'
import { pipeline } from '../authoring/pipeline.ts'
import { step } from '../authoring/step.ts'
import { matrix, vector } from '../materializer/arrays.ts'
import { list, optional } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { buildGraph } from './build-graph.ts'

// What plain JavaScript can pass to a step, a pipeline or a slot.
type Loose = (args?: unknown, options?: unknown) => never
const loose = (callable: unknown): Loose => callable as Loose

const load = loose(step({ name: 'load', outputs: { x: matrix, y: vector } }).implement(() => ({}) as never))
const train = loose(
  step({
    name: 'train',
    params: z.object({ gamma: z.number().default(1) }),
    inputs: { x: matrix, y: vector },
    output: z.number(),
  }).implement(() => 1),
)
const best = loose(step({ name: 'best', inputs: { scores: list(z.number()) }, output: z.number() }).implement(() => 1))
const noted = loose(step({ name: 'noted', inputs: { note: optional(text) } }).implement(() => {}))
const maybe = loose(step({ name: 'maybe', output: optional(text) }).implement(() => undefined))
const none = loose(step({ name: 'none' }).implement(() => {}))
const check = loose(step({ name: 'check', output: z.boolean() }).implement(() => true))

interface Loaded {
  readonly x: never
  readonly y: never
}

function build(body: (args: never, steps: never) => unknown, declaration: object = {}, args: object = {}): unknown {
  const made = pipeline({ name: 'p', ...declaration, build: body as () => unknown })
  return buildGraph(pipelineDefinition(made) as PipelineDefinition, args as Record<string, unknown>)
}
const coded = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object })
const refused = (body: () => unknown, code: string, details: object = {}): void => {
  expect(() => build(body)).toThrow(coded(code, details))
}

describe('a call of a step in plain JavaScript', () => {
  const where = 'Step "train" of pipeline "p"'
  const xy = (): { x: never; y: never } => load() as Loaded

  it('is refused with an unknown name, and the nearest is named', () => {
    refused(() => train({ ...xy(), gama: 1 }), 'CAIRN_ARGUMENT_UNKNOWN', { where, name: 'gama', nearest: 'gamma' })
    refused(() => none({ x: 1 }), 'CAIRN_ARGUMENT_UNKNOWN', { where: 'Step "none" of pipeline "p"', name: 'x' })
  })

  it.each([5, 0.1, 'xy', true, [1], () => 1])('is refused with %s in place of arguments', (args) => {
    refused(() => check(args), 'CAIRN_ARGUMENT_UNKNOWN', { where: 'Step "check" of pipeline "p"' })
    refused(() => loose(pipeline({ name: 'inner', build: () => {} }))(args), 'CAIRN_ARGUMENT_UNKNOWN')
    expect(() => build(() => {}, {}, args as object)).toThrow(coded('CAIRN_ARGUMENT_UNKNOWN'))
  })

  it('is refused without an input', () => {
    refused(() => train({ x: xy().x }), 'CAIRN_INPUT_MISSING', { where, name: 'y' })
    refused(() => train(), 'CAIRN_INPUT_MISSING', { where, name: 'x' })
    refused(() => train({ ...xy(), y: undefined }), 'CAIRN_INPUT_MISSING', { where, name: 'y' })
  })

  it('is refused with the outputs that a destructuring of a single output did not give', () => {
    refused(
      () => {
        const { x, y } = check() as Loaded
        return train({ x, y })
      },
      'CAIRN_INPUT_MISSING',
      { where, name: 'x' },
    )
  })

  it('is refused with a handle spread into its arguments', () => {
    refused(() => best({ ...(check() as object) }), 'CAIRN_ARGUMENT_UNKNOWN', { name: 'id' })
  })

  it.each([
    ['a number', 5, '5'],
    ['text', 'x.npy', '"x.npy"'],
    ['null', null, 'null'],
    ['a function', () => 1, 'a function'],
    ['an array', [1], 'an array'],
    ['what only looks like a handle', { id: 'load', output: 'x' }, '{"id":"load","output":"x"}'],
  ])('is refused with %s where an input takes a handle', (_name, given, shown) => {
    refused(() => train({ ...xy(), x: given }), 'CAIRN_INPUT_NOT_HANDLE', { where, name: 'x', given: shown })
  })

  it('is refused with all outputs of a step, or a step without any, where an input takes one', () => {
    refused(() => train({ ...xy(), x: load() }), 'CAIRN_INPUT_NOT_HANDLE', { given: 'an object of several outputs' })
    refused(() => train({ ...xy(), x: none() }), 'CAIRN_INPUT_NOT_HANDLE', {
      given: 'step "none", which has no output',
    })
  })

  it('is refused with an artifact of another type', () => {
    refused(() => train({ ...xy(), x: xy().y }), 'CAIRN_INPUT_TYPE', {
      where,
      name: 'x',
      expected: 'matrix@1',
      given: 'float64-array@1',
    })
    refused(() => train({ ...xy(), x: external(text, 'a') }), 'CAIRN_INPUT_TYPE', {
      expected: 'matrix@1',
      given: 'text@1',
    })
    refused(() => train({ ...xy(), x: [xy().x] }), 'CAIRN_INPUT_NOT_HANDLE', { given: 'an array' })
  })

  it('is refused with a list that is none, or that holds something of another type', () => {
    refused(() => best({ scores: check() }), 'CAIRN_INPUT_TYPE', { expected: 'list<json@1>', given: 'json@1' })
    refused(() => best({ scores: [check(), xy().x] }), 'CAIRN_INPUT_TYPE', { expected: 'json@1', given: 'matrix@1' })
    refused(() => best({ scores: [check(), 5] }), 'CAIRN_INPUT_NOT_HANDLE', { given: '5' })
    refused(() => best({ scores: [check(), undefined] }), 'CAIRN_INPUT_NOT_HANDLE', { given: 'missing' })
    refused(() => best({ scores: [[check()]] }), 'CAIRN_INPUT_NOT_HANDLE', { given: 'an array' })
  })

  it('is refused with an artifact that may be absent where one is needed', () => {
    const needs = loose(step({ name: 'needs', inputs: { note: text } }).implement(() => {}))
    const list1 = loose(step({ name: 'list1', inputs: { notes: optional(list(text)) } }).implement(() => {}))
    refused(() => needs({ note: maybe() }), 'CAIRN_INPUT_TYPE', { given: 'text@1 that may be absent' })
    refused(() => list1({ notes: [maybe()] }), 'CAIRN_INPUT_TYPE', { given: 'text@1 that may be absent' })
    expect(() => build(() => noted({ note: maybe() }))).not.toThrow()
  })

  it('is refused with a handle of another build, as an input, parameter, condition or predecessor', () => {
    const kept: { x?: never; check?: never } = {}
    build(() => Object.assign(kept, load(), { check: check() }))
    const handle = 'output "x" of step "load"'
    refused(() => train({ ...xy(), x: kept.x }), 'CAIRN_HANDLE_FOREIGN', { where, handle })
    refused(() => train({ ...xy(), gamma: kept.x }), 'CAIRN_HANDLE_FOREIGN', { where, handle })
    refused(() => best({ scores: [kept.check] }), 'CAIRN_HANDLE_FOREIGN')
    refused(() => none({}, { when: kept.check }), 'CAIRN_HANDLE_FOREIGN')
    refused(() => none({}, { after: kept.x }), 'CAIRN_HANDLE_FOREIGN')
    refused(() => none({}, { after: [{ a: kept.x }] }), 'CAIRN_HANDLE_FOREIGN')
    expect(() => build(() => {}, { inputs: { x: matrix } }, { x: kept.x })).toThrow(
      coded('CAIRN_HANDLE_FOREIGN', { where: 'Pipeline "p"' }),
    )
  })

  it('is refused with an unknown option', () => {
    refused(() => none({}, { afer: [] }), 'CAIRN_RUN_OPTION_UNKNOWN', { name: 'afer', nearest: 'after' })
    refused(() => none({}, 'my_id'), 'CAIRN_RUN_OPTION_UNKNOWN')
    refused(() => none({}, { cache: false }), 'CAIRN_RUN_OPTION_UNKNOWN', { name: 'cache' })
  })

  it('is refused with a condition that is no boolean', () => {
    refused(() => none({}, { when: true }), 'CAIRN_INPUT_NOT_HANDLE', { name: 'when', given: 'true' })
    refused(() => none({}, { when: load() }), 'CAIRN_INPUT_NOT_HANDLE', { name: 'when' })
    refused(() => none({}, { when: xy().x }), 'CAIRN_INPUT_TYPE', { name: 'when', given: 'matrix@1' })
    const maybeTrue = loose(step({ name: 'm', output: optional(z.boolean()) }).implement(() => undefined))
    refused(() => none({}, { when: maybeTrue() }), 'CAIRN_INPUT_TYPE', { name: 'when' })
  })

  it.each([5, 'load', null, true, [undefined], { a: 5 }, [['load']]])('is refused with `after: %j`', (after) => {
    refused(() => none({}, { after }), 'CAIRN_INPUT_NOT_HANDLE', { name: 'after' })
  })
})

describe('ids in plain JavaScript', () => {
  it('are refused when two calls have the same, ignoring case', () => {
    refused(() => [none({}, { id: 'a' }), check({}, { id: 'A' })], 'CAIRN_INVOCATION_TWICE', { pipeline: 'p', id: 'A' })
    refused(() => [none(), check({}, { id: 'NONE' })], 'CAIRN_INVOCATION_TWICE', { id: 'NONE' })
  })

  it('are refused when they would not work as names', () => {
    refused(() => none({}, { id: 'my id' }), 'CAIRN_NAME_INVALID', { kind: 'invocation id', name: 'my id' })
    refused(() => none({}, { id: '' }), 'CAIRN_NAME_INVALID')
    refused(() => none({}, { id: 'nul' }), 'CAIRN_NAME_INVALID')
    const long = loose(step({ name: 'x'.repeat(99) }).implement(() => {}))
    refused(() => [long(), long()], 'CAIRN_NAME_INVALID')
  })

  it('are needed for two different steps of one name, ignoring case', () => {
    const other = loose(step({ name: 'None' }).implement(() => {}))
    refused(() => [none(), other()], 'CAIRN_STEP_NAME_CLASH', { pipeline: 'p', name: 'None' })
  })
})

describe('`after` by plain ids', () => {
  it('may name a call that comes later', () => {
    const graph = build(() => [none({}, { after: { id: 'check' } }), check()]) as { nodes: { id: string }[] }
    expect(graph.nodes.map((node) => node.id)).toEqual(['check', 'none'])
  })

  it('is refused when it closes a cycle, which is named from start to end', () => {
    refused(
      () => {
        none({}, { id: 'a', after: { id: 'c' } })
        none({}, { id: 'b', after: { id: 'a' } })
        none({}, { id: 'c', after: { id: 'b' } })
      },
      'CAIRN_GRAPH_CYCLE',
      { pipeline: 'p', path: ['a', 'b', 'c', 'a'] },
    )
    refused(() => none({}, { id: 'a', after: { id: 'a' } }), 'CAIRN_GRAPH_CYCLE', { path: ['a', 'a'] })
  })

  it('is refused when data closes the cycle', () => {
    refused(
      () => {
        const { x, y } = load({}, { after: { id: 'train' } }) as Loaded
        train({ x, y })
      },
      'CAIRN_GRAPH_CYCLE',
      { path: ['load', 'train', 'load'] },
    )
  })

  it('is refused when it names no call, and the nearest is named', () => {
    refused(() => [check(), none({}, { after: [{ id: 'chek' }] })], 'CAIRN_INVOCATION_UNKNOWN', {
      pipeline: 'p',
      id: 'chek',
      nearest: 'check',
      option: '`after` of step "none"',
    })
  })
})

describe('a build function in plain JavaScript', () => {
  it('is refused when it is asynchronous, and its failure is not left unhandled', () => {
    refused(async () => none(), 'CAIRN_BUILD_ASYNC', { pipeline: 'p' })
    refused(() => Promise.reject(new Error('later')), 'CAIRN_BUILD_ASYNC')
    const inner = loose(pipeline({ name: 'inner', build: async () => {} }))
    refused(() => inner(), 'CAIRN_BUILD_ASYNC', { pipeline: 'inner' })
  })

  it('may return an output that is called then', () => {
    const then = loose(step({ name: 'a', outputs: { then: text } }).implement(() => ({ then: '' })))
    expect(() => build(() => then())).not.toThrow()
  })

  it('is refused when it returns a handle of another build, however deep', () => {
    let kept: unknown
    build(() => void (kept = check()))
    refused(() => kept, 'CAIRN_HANDLE_FOREIGN', { where: 'The result of pipeline "p"' })
    refused(() => ({ a: [{ b: kept }] }), 'CAIRN_HANDLE_FOREIGN')
    const cyclic: Record<string, unknown> = { check: 1 }
    cyclic['self'] = cyclic
    expect(() => build(() => cyclic)).not.toThrow()
  })

  it('leaves no build behind when it throws', () => {
    expect(() =>
      build(() => {
        throw new Error('on purpose')
      }),
    ).toThrow('on purpose')
    expect(() => none()).toThrow(coded('CAIRN_OUTSIDE_BUILD'))
  })
})

describe('arguments of a pipeline in plain JavaScript', () => {
  const declaration = { params: z.object({ gamma: z.number().default(1) }), inputs: { x: matrix } }
  const data = external(matrix, { shape: [0, 0], data: new Float64Array() })

  it.each([
    ['CAIRN_INPUT_MISSING', {}],
    ['CAIRN_INPUT_NOT_HANDLE', { x: 5 }],
    ['CAIRN_INPUT_TYPE', { x: external(text, 'a') }],
    ['CAIRN_ARGUMENT_UNKNOWN', { x: data, z: data }],
    ['CAIRN_PARAMETER_UNKNOWN', { x: data, gama: 1 }],
    ['CAIRN_PARAMETER_INVALID', { x: data, gamma: 'a' }],
    ['CAIRN_HANDLE_AS_VALUE', { x: data, gamma: external(z.number(), 1) }],
  ])('are refused with %s, at the top and inside another pipeline', (code, args) => {
    expect(() => build(() => {}, declaration, args)).toThrow(coded(code))
    const inner = loose(pipeline({ name: 'inner', ...declaration, build: () => {} }))
    refused(() => inner(args), code)
  })

  it('are refused where a step result is passed for a parameter of an inner pipeline', () => {
    const inner = loose(pipeline({ name: 'inner', ...declaration, build: () => {} }))
    refused(() => inner({ x: data, gamma: check() }), 'CAIRN_HANDLE_AS_VALUE', {
      handle: 'output "output" of step "check"',
      use: 'parameter "gamma" of Pipeline "inner" in pipeline "p"',
    })
  })

  it('are refused with options that a pipeline call does not take', () => {
    const inner = loose(pipeline({ name: 'inner', build: () => {} }))
    refused(() => inner({}, { after: check() }), 'CAIRN_RUN_OPTION_UNKNOWN', { name: 'after' })
  })
})
