import { matrix, step } from 'cairnml'
import { z } from 'zod'

import { embed } from '../search/embed.ts'

/** Makes a vector of each chunk, one per row. */
export const embedChunks = step({
  name: 'embed_chunks',
  params: z.object({ dimensions: z.int().positive(), seed: z.int().default(1) }),
  inputs: { chunks: z.array(z.string()) },
  output: matrix,
}).implement(({ dimensions, seed, chunks }) => {
  const data = new Float64Array(chunks.length * dimensions)
  for (const [at, chunk] of chunks.entries()) data.set(embed(chunk, { dimensions, seed }), at * dimensions)
  return { shape: [chunks.length, dimensions], data }
})
