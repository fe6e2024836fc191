import { step, text } from 'cairnml'
import { z } from 'zod'

/** Cuts a text into pieces of so many words; the last one may be shorter. */
export const chunkText = step({
  name: 'chunk_text',
  params: z.object({ words: z.int().positive().default(8) }),
  inputs: { text },
  output: z.array(z.string()),
}).implement(({ words, text: whole }) => {
  const all = whole.split(/\s+/).filter((word) => word !== '')
  const count = Math.ceil(all.length / words)
  return Array.from({ length: count }, (_, at) => all.slice(at * words, (at + 1) * words).join(' '))
})
