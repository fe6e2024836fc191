import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { pipelineDefinition, type PipelineDefinition } from '../authoring/definition.ts'
import { pipeline } from '../authoring/pipeline.ts'
import { slot } from '../authoring/slot.ts'
import { step } from '../authoring/step.ts'
import { matrix, vector } from '../materializer/arrays.ts'
import { optional } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { buildGraph } from './build-graph.ts'

// What plain JavaScript can pass to a step, a pipeline or a slot.
type Loose = (args?: unknown, options?: unknown) => never
const loose = (callable: unknown): Loose => callable as Loose
const none = loose(step({ name: 'none' }).implement(() => {}))
const coded = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object })
const refused = (body: () => unknown, code: string, details: object = {}): void => {
  const made = pipeline({ name: 'p', build: body })
  expect(() => buildGraph(pipelineDefinition(made) as PipelineDefinition, {})).toThrow(coded(code, details))
}

describe('slots in plain JavaScript', () => {
  const trainer = slot({ inputs: { x: matrix, note: optional(text) }, output: z.number() })
  const slotted = pipeline({ name: 'slotted', slots: { trainer }, build: () => {} })
  const fill = (given: unknown, name = 'trainer'): unknown => loose(slotted.with)({ steps: { [name]: given } })
  const fits = (declaration: object): unknown =>
    fill(
      step({
        name: 'candidate',
        inputs: { x: matrix, note: optional(text) },
        output: z.number(),
        ...declaration,
      }).implement((() => 1) as never),
    )

  it('are refused when they are unknown, and the nearest is named', () => {
    expect(() => fill(none, 'trainr')).toThrow(
      coded('CAIRN_SLOT_UNKNOWN', { pipeline: 'slotted', slot: 'trainr', nearest: 'trainer' }),
    )
    expect(() => fill(none, 'constructor')).toThrow(coded('CAIRN_SLOT_UNKNOWN'))
  })

  it.each([undefined, null, {}, 'train', () => 1])('are refused when they are filled with %s', (given) => {
    expect(() => fill(given)).toThrow(coded('CAIRN_SLOT_MISFIT', { problem: 'it is not a step' }))
  })

  it('are refused when they are filled with a pipeline', () => {
    expect(() => fill(slotted)).toThrow(coded('CAIRN_SLOT_MISFIT', { problem: 'it is not a step' }))
  })

  it('accept a step that takes the inputs and gives the outputs, with optional inputs of its own', () => {
    expect(() => fits({})).not.toThrow()
    expect(() => fits({ inputs: { x: matrix, note: optional(text), more: optional(vector) } })).not.toThrow()
  })

  it.each([
    ['needs the input "y"', { inputs: { x: matrix, y: vector, note: optional(text) } }],
    ['its input "x" is float64-array@1, that of the slot is matrix@1', { inputs: { x: vector, note: optional(text) } }],
    ['its input "note" is text@1, that of the slot is optional<text@1>', { inputs: { x: matrix, note: text } }],
    ['does not take the input "note"', { inputs: { x: matrix } }],
    ['it has no output, the slot has one unnamed output', { output: undefined }],
    ['it has named outputs, the slot has one unnamed output', { output: undefined, outputs: { score: z.number() } }],
    ['its output "output" is text@1, that of the slot is json@1', { output: text }],
  ])('refuse a step because it %s', (problem, declaration) => {
    expect(() => fits(declaration)).toThrow(
      coded('CAIRN_SLOT_MISFIT', {
        slot: 'trainer',
        step: 'candidate',
        problem: expect.stringContaining(problem) as string,
      }),
    )
  })

  it('refuse a step that lacks one of several outputs', () => {
    const made = pipeline({ name: 'q', slots: { a: slot({ outputs: { x: text, toString: text } }) }, build: () => {} })
    const given = step({ name: 'candidate', outputs: { x: text } }).implement(() => ({ x: '' }))
    expect(() => loose(made.with)({ steps: { a: given } })).toThrow(
      coded('CAIRN_SLOT_MISFIT', { problem: 'it does not give the output "toString"' }),
    )
  })

  it('are refused when they are not filled, at the top and inside another pipeline', () => {
    const calling = pipeline({
      name: 'calling',
      slots: { trainer, other: slot({}) },
      build: (_args, steps) => void steps.other(),
    })
    expect(() => buildGraph(pipelineDefinition(calling) as PipelineDefinition, {})).toThrow(
      coded('CAIRN_SLOT_UNFILLED', { pipeline: 'calling', slots: ['trainer', 'other'] }),
    )
    refused(() => loose(calling)(), 'CAIRN_SLOT_UNFILLED', { pipeline: 'calling', slots: ['other'] })
  })

  it('are refused when they are called outside of build', () => {
    let kept: Loose | undefined
    const made = pipeline({ name: 'q', slots: { a: slot({}) }, build: (_args, steps) => void (kept = loose(steps.a)) })
    buildGraph(pipelineDefinition(loose(made.with)({ steps: { a: none } })) as PipelineDefinition, {})
    expect(() => kept?.()).toThrow(coded('CAIRN_OUTSIDE_BUILD', { kind: 'slot', name: 'a' }))
  })
})
