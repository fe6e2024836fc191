import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { optional } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { stepDefinition } from './definition.ts'
import { step } from './step.ts'

const train = step({
  name: 'train',
  params: z.object({ gamma: z.number().positive().default(0.001), epochs: z.number().int().optional() }),
  inputs: { x: text, note: optional(z.string()) },
  output: z.number(),
  tags: ['svc'],
}).implement(({ gamma, x }) => gamma * x.length)

describe('step().implement()', () => {
  it('gives a function with the declared name, and a definition with its defaults', () => {
    expect(typeof train).toBe('function')
    expect(train.declaration).toEqual({ name: 'train' })
    expect(Object.isFrozen(train.declaration)).toBe(true)
    const definition = stepDefinition(train)
    expect(definition?.ports.form).toBe('single')
    expect(Object.keys(definition?.ports.outputs ?? {})).toEqual(['output'])
    expect(definition?.preset).toEqual({})
    expect(definition?.options).toEqual({ tags: ['svc'] })
  })

  it('tells named outputs from none', () => {
    const named = step({ name: 'a', outputs: { x: text } }).implement(() => ({ x: 'x' }))
    const none = step({ name: 'b' }).implement(() => {})
    expect(stepDefinition(named)?.ports.form).toBe('named')
    expect(stepDefinition(none)?.ports.form).toBe('none')
  })

  it('gives each implementation its own identity, shared by its copies', () => {
    const declared = step({ name: 'a' })
    const one = declared.implement(() => {})
    const two = declared.implement(() => {})
    const origin = (of: unknown): unknown => stepDefinition(of)?.origin
    expect(origin(one)).not.toBe(origin(two))
    expect(origin(one.with({ cache: false }))).toBe(origin(one))
  })

  it('remembers where it was defined, and whether that place defined a step before', () => {
    const make = (): unknown => step({ name: 'made' }).implement(() => {})
    const [first, second] = [make(), make()].map((made) => stepDefinition(made)?.site)
    expect(first?.stack).toContain('step.test.ts')
    expect(first?.repeated).toBe(false)
    expect(second?.repeated).toBe(true)
  })

  it('is not taken for a definition when it only looks like one', () => {
    expect(stepDefinition(() => {})).toBeUndefined()
    expect(stepDefinition({ declaration: { name: 'train' } })).toBeUndefined()
    expect(stepDefinition(undefined)).toBeUndefined()
  })
})

describe('step.with()', () => {
  it('gives a changed copy and leaves the original as it was', () => {
    const preset = train.with({ params: { gamma: 0.5 }, cache: false, retry: { attempts: 3 } })
    expect(stepDefinition(preset)?.preset).toEqual({ gamma: 0.5 })
    expect(stepDefinition(preset)?.options).toEqual({ tags: ['svc'], cache: false, retry: { attempts: 3 } })
    expect(stepDefinition(train)?.preset).toEqual({})
    expect(stepDefinition(train)?.options).toEqual({ tags: ['svc'] })
  })

  it('lets a later copy win over an earlier one', () => {
    const twice = train.with({ params: { gamma: 1 }, timeout: '1s' }).with({ params: { gamma: 2 } })
    expect(stepDefinition(twice)?.preset).toEqual({ gamma: 2 })
    expect(stepDefinition(twice)?.options.timeout).toBe('1s')
  })

  it('leaves an option alone that is given as undefined', () => {
    const same = train.with({ ...({ tags: undefined } as object) })
    expect(stepDefinition(same)?.options).toEqual({ tags: ['svc'] })
  })
})

describe('step.entrypoint()', () => {
  it('calls the function alone, with parameters checked and defaulted', async () => {
    await expect(train.entrypoint({ x: 'four' })).resolves.toBeCloseTo(0.004)
    await expect(train.entrypoint({ gamma: 2, x: 'ab' })).resolves.toBe(4)
    await expect(train.with({ params: { gamma: 3 } }).entrypoint({ x: 'a' })).resolves.toBe(3)
  })

  it('refuses wrong parameters and missing inputs', async () => {
    await expect(train.entrypoint({ gamma: -1, x: 'a' })).rejects.toMatchObject({ code: 'CAIRN_PARAMETER_INVALID' })
    await expect(train.entrypoint({ gama: 1, x: 'a' } as never)).rejects.toMatchObject({
      code: 'CAIRN_PARAMETER_UNKNOWN',
      details: { name: 'gama', nearest: 'gamma' },
    })
    await expect(train.entrypoint(5 as never)).rejects.toMatchObject({ code: 'CAIRN_ARGUMENT_UNKNOWN' })
    await expect(train.entrypoint({} as never)).rejects.toMatchObject({ code: 'CAIRN_INPUT_MISSING' })
  })

  it('does not take what every object has for an input', async () => {
    const odd = step({ name: 'odd', inputs: { constructor: text } }).implement(({ constructor }) => void constructor)
    await expect(odd.entrypoint({} as never)).rejects.toMatchObject({ code: 'CAIRN_INPUT_MISSING' })
  })

  it('gives a temp dir that is gone afterwards, also after a failure', async () => {
    const seen: string[] = []
    const writer = step({ name: 'writer', params: z.object({ fail: z.boolean() }) }).implement(
      async ({ fail }, { tempDir }) => {
        seen.push(tempDir)
        await writeFile(nodePath.join(tempDir, 'a.txt'), 'a')
        if (fail) throw new Error('on purpose')
      },
    )
    await writer.entrypoint({ fail: false })
    await expect(writer.entrypoint({ fail: true })).rejects.toThrow('on purpose')
    expect(seen.map((dir) => existsSync(dir))).toEqual([false, false])
  })

  it('gives a context whose records go nowhere, and the signal of the caller', async () => {
    const { signal } = new AbortController()
    const probe = step({ name: 'probe', output: z.boolean() }).implement((_args, context) => {
      context.log.info('x')
      context.metric('acc', 1)
      context.metadata({ a: 1 })
      context.progress(0.5, 'half')
      expect(context.step).toEqual({ name: 'probe', invocation: 'probe', attempt: 1 })
      return context.signal === signal
    })
    await expect(probe.entrypoint({}, { signal })).resolves.toBe(true)
    await expect(probe.entrypoint()).resolves.toBe(false)
  })
})
