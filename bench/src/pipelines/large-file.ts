import { file, pipeline, step } from 'cairnml'
import { z } from 'zod'

const PATH = z.object({ path: z.string() })

const keep = step({ name: 'keep', params: PATH, output: file('.bin') }).implement(({ path }) => path)

/** Stores one file that is there already. */
export const largeFile = pipeline({
  name: 'large_file',
  params: PATH,
  build: ({ path }) => keep({ path }),
})
