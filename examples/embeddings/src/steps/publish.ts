import { step, text } from 'cairnml'
import { z } from 'zod'

/** Writes down which index is to be used. */
export const publish = step({
  name: 'publish',
  inputs: { dimensions: z.int(), recall: z.number() },
  output: text,
}).implement(({ dimensions, recall }, { log }) => {
  const line = `Use vectors of ${dimensions} dimensions: recall ${recall.toFixed(2)}`
  log.info(line)
  return `${line}\n`
})
