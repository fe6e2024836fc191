import { list, step } from 'cairnml'
import { z } from 'zod'

/** Chooses the size of vectors with the highest recall; of equal ones the first. */
export const chooseBest = step({
  name: 'choose_best',
  params: z.object({ dimensions: z.array(z.int()), atLeast: z.number() }),
  inputs: { recalls: list(z.number()) },
  outputs: { dimensions: z.int(), recall: z.number(), isGood: z.boolean() },
}).implement(({ dimensions, atLeast, recalls }) => {
  const recall = Math.max(...recalls)
  return { dimensions: dimensions[recalls.indexOf(recall)] ?? 0, recall, isGood: recall >= atLeast }
})
