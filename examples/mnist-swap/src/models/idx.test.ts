import { expect, it } from 'vitest'

import { readImages, readLabels } from './idx.ts'

const file = (name: string): URL => new URL(`../../data/${name}-ubyte.gz`, import.meta.url)

// The first labels of MNIST are known to whoever has drawn its first images.
it.each([
  ['train', 2000, [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]],
  ['t10k', 500, [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]],
])('reads the images and labels of %s in the order of MNIST', async (part, count, first) => {
  const images = await readImages(file(`${part}-images-idx3`))
  const labels = await readLabels(file(`${part}-labels-idx1`))

  expect(images.shape).toEqual([count, 784])
  expect(images.data.slice(0, 784)).toContain(255)
  expect(labels).toHaveLength(count)
  expect(labels.slice(0, 10)).toEqual(Float64Array.from(first))
})

it('refuses labels where images are expected', async () => {
  await expect(readImages(file('t10k-labels-idx1'))).rejects.toThrow('is not an IDX file of images')
})
