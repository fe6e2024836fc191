import { pipeline, step } from 'cairnml'
import { z } from 'zod'

// The scenarios around it do anything while pipelines run, so its code cannot be told from theirs: a version stands for it.
const codeVersion = '1'

const start = step({ name: 'start', params: z.object({ at: z.number() }), output: z.number(), codeVersion }).implement(
  ({ at }) => at,
)

const add = step({
  name: 'add',
  params: z.object({ by: z.number() }),
  inputs: { x: z.number() },
  output: z.number(),
  codeVersion,
}).implement(({ by, x }) => x + by)

/** A chain of steps over JSON numbers: every invocation needs the one before. Another `by` makes all of it new. */
export const chain = pipeline({
  name: 'chain',
  params: z.object({ length: z.number().int().positive(), by: z.number() }),
  build: ({ length, by }) => {
    let x = start({ at: by })
    for (let link = 1; link < length; link++) x = add({ by, x })
    return x
  },
})
