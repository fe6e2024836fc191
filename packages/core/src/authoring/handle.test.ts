import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { isCairnError } from '../errors/cairn-error.ts'
import { buildGraph } from '../graph/build-graph.ts'
import { pipelineDefinition, type PipelineDefinition } from './definition.ts'
import { isHandle, type Artifact } from './handle.ts'
import { pipeline } from './pipeline.ts'
import { step } from './step.ts'

const score = step({ name: 'score', output: z.number() }).implement(() => 1)
const pair = step({ name: 'pair', outputs: { a: z.number(), b: z.number() } }).implement(() => ({ a: 1, b: 2 }))
const report = step({ name: 'report' }).implement(() => {})

/** What a use of a handle inside `build` does. */
function using(use: (handle: Artifact<number>) => unknown): unknown {
  const p = pipeline({ name: 'p', build: () => void use(score()) })
  try {
    buildGraph(pipelineDefinition(p) as PipelineDefinition, {})
  } catch (error) {
    return error
  }
  return undefined
}

describe('a handle used as a value', () => {
  const value = (handle: Artifact<number>): number => handle as never
  const items = (handle: Artifact<number>): number[] => handle as never

  it.each([
    ['a template string', (handle: Artifact<number>) => `${value(handle)}`],
    ['String()', (handle: Artifact<number>) => String(handle)],
    ['addition', (handle: Artifact<number>) => value(handle) + 1],
    ['concatenation', (handle: Artifact<number>) => 'a' + value(handle)],
    ['multiplication', (handle: Artifact<number>) => value(handle) * 2],
    ['a comparison', (handle: Artifact<number>) => value(handle) > 0.9],
    ['loose equality', (handle: Artifact<number>) => (handle as unknown) == 1],
    ['Number()', (handle: Artifact<number>) => Number(handle)],
    ['Math.max', (handle: Artifact<number>) => Math.max(value(handle), 1)],
    ['a computed property', (handle: Artifact<number>) => ({ [value(handle)]: 1 })],
    ['JSON.stringify', (handle: Artifact<number>) => JSON.stringify({ deep: [handle] })],
    ['spreading into an array', (handle: Artifact<number>) => [...items(handle)]],
    ['spreading into arguments', (handle: Artifact<number>) => Math.max(...items(handle))],
    [
      'for of',
      (handle: Artifact<number>) => {
        for (const item of items(handle)) void item
      },
    ],
    [
      'array destructuring',
      (handle: Artifact<number>) => {
        const [first] = items(handle)
        return first
      },
    ],
    ['Array.from', (handle: Artifact<number>) => Array.from(items(handle))],
  ])('is refused by %s', (_name, use) => {
    const error = using(use)
    expect(isCairnError(error, 'CAIRN_HANDLE_AS_VALUE')).toBe(true)
    expect((error as Error).message).toContain('The result of output "output" of step "score" was used as a value')
  })

  it('can be shown, so that looking at one while debugging does not fail', () => {
    expect(using((handle) => inspect(handle))).toBeUndefined()
  })

  it('cannot be changed', () => {
    expect(
      using((handle) => {
        ;(handle as { id: string }).id = 'other'
      }),
    ).toBeInstanceOf(TypeError)
  })
})

describe('what a step call returns', () => {
  it('is one handle, an object of handles, or an invocation, as the step declares', () => {
    const p = pipeline({
      name: 'p',
      build: () => {
        const single = score()
        const named = pair()
        const none = report()
        expect(isHandle(single)).toBe(true)
        expect(single).toMatchObject({ id: 'score', output: 'output' })
        expect(Object.keys(named)).toEqual(['a', 'b'])
        expect(named.b).toMatchObject({ id: 'pair', output: 'b' })
        expect(Object.isFrozen(named)).toBe(true)
        expect(isHandle(none)).toBe(true)
        expect(none).toMatchObject({ id: 'report', output: undefined })
      },
    })
    buildGraph(pipelineDefinition(p) as PipelineDefinition, {})
  })
})

describe('isHandle', () => {
  it.each([undefined, null, 'score', {}, { id: 'score', output: 'output' }, () => {}])('says no to %s', (value) => {
    expect(isHandle(value)).toBe(false)
  })
})
