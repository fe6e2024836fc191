import { matrix, step } from 'cairnml'
import { z } from 'zod'

import { embed, similarity } from '../search/embed.ts'
import { QUESTIONS } from '../search/questions-data.ts'

/** Looks every question up, and gives the share of those whose nearest chunk is from the text that answers them. */
export const evaluateSearch = step({
  name: 'evaluate_search',
  params: z.object({ seed: z.int().default(1) }),
  inputs: { vectors: matrix, titles: z.array(z.string()) },
  output: z.number(),
}).implement(({ seed, vectors, titles }, { metric }) => {
  const [rows, dimensions] = vectors.shape
  const nearest = (question: string): string | undefined => {
    const wanted = embed(question, { dimensions, seed })
    const scores = Array.from({ length: rows }, (_, row) =>
      similarity(wanted, vectors.data.subarray(row * dimensions, (row + 1) * dimensions)),
    )
    return titles[scores.indexOf(Math.max(...scores))]
  }
  const found = QUESTIONS.filter(([question, title]) => nearest(question) === title)
  const recall = found.length / QUESTIONS.length
  metric('recall', recall)
  return recall
})
