import { list, matrix, step, type Matrix } from 'cairnml'
import { z } from 'zod'

/** Puts the vectors of all texts into one matrix, and says of each row which text it is from. */
export const buildIndex = step({
  name: 'build_index',
  params: z.object({ titles: z.array(z.string()) }),
  inputs: { vectors: list(matrix) },
  outputs: { vectors: matrix, titles: z.array(z.string()) },
}).implement(({ titles, vectors }, { metric }) => {
  const index = joined(vectors)
  metric('chunks', index.shape[0])
  return { vectors: index, titles: vectors.flatMap(({ shape }, at) => Array<string>(shape[0]).fill(titles[at] ?? '')) }
})

function joined(matrices: readonly Matrix[]): Matrix {
  const width = matrices[0]?.shape[1] ?? 0
  const data = Float64Array.from(matrices.flatMap((each) => [...each.data]))
  return { shape: [data.length / width, width], data }
}
