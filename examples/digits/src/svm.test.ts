import { beforeAll, describe, expect, it, vi } from 'vitest'

import { Svm } from './svm.ts'

const params = { gamma: 0.5, C: 1, kernel: 'rbf' } as const
const x = { shape: [4, 2] as const, data: Float64Array.of(0, 0, 0, 1, 5, 5, 5, 6) }
const y = Float64Array.of(3, 3, 7, 7)

// libsvm takes console.warn when it is loaded, and says there why it cannot read a text.
beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

describe('Svm', () => {
  it('tells the classes it was trained on apart', async () => {
    using svm = await Svm.fit(params, x, y)
    expect(svm.predict(x)).toEqual(y)
  })

  it('gives the same text for the same training, and the same model back from it', async () => {
    using svm = await Svm.fit(params, x, y)
    using again = await Svm.fit(params, x, y)
    using loaded = await Svm.load(svm.serialize())

    expect(again.serialize()).toBe(svm.serialize())
    expect(loaded.serialize()).toBe(svm.serialize())
    expect(loaded.supportVectors).toBe(svm.supportVectors)
    expect(loaded.predict(x)).toEqual(y)
  })

  it('refuses a text that is not a model', async () => {
    await expect(Svm.load('svm_type c_svc\n')).rejects.toThrow('not a libsvm model')
  })

  it('throws once its memory was given back', async () => {
    const svm = await Svm.fit(params, x, y)
    svm.free()
    svm.free()
    expect(() => svm.predict(x)).toThrow('given back')
    expect(() => svm.supportVectors).toThrow('given back')
  })
})
