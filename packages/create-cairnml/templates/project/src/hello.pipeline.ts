import { pipeline, step } from 'cairnml'
import { z } from 'zod'

export const greet = step({ name: 'greet', params: z.object({ name: z.string() }), output: z.string() }).implement(
  ({ name }) => `Hello, ${name}!`,
)

export const countLetters = step({
  name: 'count_letters',
  inputs: { greeting: z.string() },
  output: z.number(),
}).implement(({ greeting }, { log }) => {
  const letters = greeting.replaceAll(/\P{L}/gu, '').length
  log.info(`"${greeting}" has ${letters} letters.`)
  return letters
})

export const hello = pipeline({
  name: 'hello',
  params: z.object({ name: z.string().default('world') }),
  build: ({ name }) => countLetters({ greeting: greet({ name }) }),
})
