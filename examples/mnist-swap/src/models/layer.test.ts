import { describe, expect, it } from 'vitest'

import { apply, descend, newLayer, shrink, slopeAt, softmax } from './layer.ts'
import { randomNumbers } from './random.ts'

describe('a layer', () => {
  it('gives weights times input plus bias', () => {
    const layer = { shape: [2, 3] as const, data: Float64Array.of(1, 2, 10, 0, -1, 20) }
    expect(apply(layer, Float64Array.of(3, 4))).toEqual(Float64Array.of(21, 16))
  })

  it('descends along the gradient that the loss has', () => {
    const layer = newLayer(3, 2, randomNumbers(1))
    const input = Float64Array.of(0.5, -1)
    const loss = (): number => -Math.log(softmax(apply(layer, input))[2]!)
    const before = { loss: loss(), data: layer.data.slice() }
    descend(layer, { slope: slopeAt(apply(layer, input), 2), input, rate: 1e-6 })

    const change = layer.data.map((weight, at) => weight - before.data[at]!)
    const squared = change.reduce((sum, part) => sum + part * part, 0)
    expect((before.loss - loss()) / (squared / 1e-6)).toBeCloseTo(1, 3)
  })

  it('shrinks weights towards 0, and leaves biases alone', () => {
    const layer = { shape: [2, 3] as const, data: Float64Array.of(1, -0.1, 10, 0, -2, -20) }
    shrink(layer, 0.5)
    expect([...layer.data]).toEqual([0.5, -0, 10, 0, -1.5, -20])
  })

  it('is the same for the same seed', () => {
    expect(newLayer(2, 2, randomNumbers(7))).toEqual(newLayer(2, 2, randomNumbers(7)))
    expect(newLayer(2, 2, randomNumbers(7))).not.toEqual(newLayer(2, 2, randomNumbers(8)))
  })
})
