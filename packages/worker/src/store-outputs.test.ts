import { bytes, list, MemoryArtifactStore, optional, readArtifact, step, text } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { storeOutputs } from './store-outputs.ts'
import { definitionOf, ioOf, keysIn } from './worker.fixture.ts'

const single = definitionOf(step({ name: 's', output: z.number() }).implement(() => 1))
const maybe = definitionOf(step({ name: 'm', output: optional(z.number()) }).implement(() => undefined))
const none = definitionOf(step({ name: 'n' }).implement(() => undefined))
const named = definitionOf(
  step({ name: 'named', outputs: { a: z.number(), b: text, c: optional(text) } }).implement(() => ({ a: 1, b: '' })),
)
const all = definitionOf(step({ name: 'all', outputs: { c: optional(text) } }).implement(() => ({})))

describe('storeOutputs', () => {
  it('stores a single output under one name', async () => {
    const io = ioOf()
    const stored = await storeOutputs(single, 5, io)
    expect(Object.keys(stored)).toEqual(['output'])
    const [port] = Object.values(single.ports.outputs)
    if (port === undefined || stored['output'] === undefined) throw new Error('It is not there.')
    await expect(readArtifact(port, stored['output'], { store: io.store, workDir: '', where: 'x' })).resolves.toBe(5)
  })

  it.each([
    [maybe, undefined, []],
    [none, undefined, []],
    [named, { a: 1, b: 'x' }, ['a', 'b']],
    [named, { c: 'y', b: 'x', a: 1 }, ['a', 'b', 'c']],
    [named, { a: 1, b: 'x', c: undefined }, ['a', 'b']],
    [named, Object.assign(Object.create(null) as object, { a: 1, b: 'x' }), ['a', 'b']],
    [all, {}, []],
    [all, undefined, []],
  ])('of step $0.name takes $1', async (step, returned, names) => {
    expect(Object.keys(await storeOutputs(step, returned, ioOf()))).toEqual(names)
  })

  it.each([
    [single, undefined, 'CAIRN_OUTPUT_MISSING'],
    [single, null, 'CAIRN_VALUE_INVALID'],
    [single, Promise.resolve(1), 'CAIRN_VALUE_UNSTORABLE'],
    [none, null, 'CAIRN_OUTPUT_UNEXPECTED'],
    [none, 0, 'CAIRN_OUTPUT_UNEXPECTED'],
    [none, Object.create(null), 'CAIRN_OUTPUT_UNEXPECTED'],
    [named, null, 'CAIRN_OUTPUT_MISSING'],
    [named, 5, 'CAIRN_OUTPUT_MISSING'],
    [named, [1, 'x'], 'CAIRN_OUTPUT_MISSING'],
    [named, { a: 1 }, 'CAIRN_OUTPUT_MISSING'],
    [named, { a: 1, b: 'x', d: 1 }, 'CAIRN_OUTPUT_UNDECLARED'],
    [named, { a: 1, b: 'x', A: 1 }, 'CAIRN_OUTPUT_UNDECLARED'],
    [named, { a: 1, b: 5 }, 'CAIRN_VALUE_UNSTORABLE'],
    [all, null, 'CAIRN_OUTPUT_MISSING'],
    [all, 'x', 'CAIRN_OUTPUT_MISSING'],
  ])('of step $0.name refuses $1 with $2', async (step, returned, code) => {
    await expect(storeOutputs(step, returned, ioOf())).rejects.toMatchObject({ code })
  })

  it('takes nothing from the prototype of what was returned', async () => {
    const odd = definitionOf(
      step({ name: 'odd', outputs: { constructor: text } }).implement(() => ({ constructor: 'x' }) as never),
    )
    await expect(storeOutputs(odd, {}, ioOf())).rejects.toMatchObject({ code: 'CAIRN_OUTPUT_MISSING' })
    expect(Object.keys(await storeOutputs(odd, { constructor: 'x' }, ioOf()))).toEqual(['constructor'])
  })

  it('says what it found and what is near', async () => {
    await expect(storeOutputs(none, new Date(), ioOf())).rejects.toThrow('a value of type Date')
    await expect(storeOutputs(none, () => 1, ioOf())).rejects.toThrow('a function')
    const near = definitionOf(step({ name: 'near', outputs: { score: z.number() } }).implement(() => ({ score: 1 })))
    await expect(storeOutputs(near, { scroe: 1 }, ioOf())).rejects.toThrow('Did you mean "score"?')
  })

  it('stores equal content once', async () => {
    const twice = definitionOf(step({ name: 'twice', output: list(bytes) }).implement(() => []))
    const io = ioOf()
    await storeOutputs(twice, [Buffer.from('x'), Buffer.from('x')], io)
    expect((await keysIn(io.store)).filter((key) => key.startsWith('blobs/'))).toHaveLength(1)
  })

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    const store = new MemoryArtifactStore()
    await expect(storeOutputs(single, 5, ioOf(store, stop.signal))).rejects.toThrow('enough')
    expect(await keysIn(store)).toEqual([])
  })
})
