import { describe, expect, it } from 'vitest'

import { embed, similarity } from './embed.ts'

const embedding = { dimensions: 256, seed: 1 }

describe('embed', () => {
  it('gives the same vector of length 1 for the same text, whatever its case and punctuation', () => {
    const vector = embed('The Grapes are sour.', embedding)
    expect(embed('the grapes   are sour!', embedding)).toEqual(vector)
    expect(Math.hypot(...vector)).toBeCloseTo(1)
  })

  it('puts texts that share words nearer to each other than others', () => {
    const question = embed('Who saw ripe grapes?', embedding)
    const near = similarity(question, embed('She saw some ripe grapes on a vine.', embedding))
    const far = similarity(question, embed('The Hare fell fast asleep.', embedding))
    expect(near).toBeGreaterThan(far + 0.2)
  })

  it('projects another way with another seed', () => {
    const vector = embed('a slow pace', embedding)
    expect(similarity(vector, embed('a slow pace', { ...embedding, seed: 2 }))).toBeLessThan(0.5)
  })

  it('gives zeros for a text without letters', () => {
    expect(embed(' 12 ', { dimensions: 2, seed: 1 })).toEqual(Float64Array.of(0, 0))
  })
})
