import { pipeline } from 'cairnml'
import { z } from 'zod'

import { buildIndex } from './steps/build-index.ts'
import { chooseBest } from './steps/choose-best.ts'
import { chunkText } from './steps/chunk-text.ts'
import { embedChunks } from './steps/embed-chunks.ts'
import { evaluateSearch } from './steps/evaluate-search.ts'
import { loadText } from './steps/load-text.ts'
import { publish } from './steps/publish.ts'

const TITLES = [
  'fox-and-grapes',
  'hare-and-tortoise',
  'crow-and-pitcher',
  'ants-and-grasshopper',
  'dog-and-shadow',
  'lion-and-mouse',
] as const

/** Makes search indexes over all texts, one for each size of vectors, and publishes the best if it is good enough. */
export const embeddings = pipeline({
  name: 'embeddings',
  params: z.object({
    dimensions: z.array(z.int().positive()).default([16, 512]),
    words: z.int().positive().default(8),
    atLeast: z.number().min(0).max(1).default(0.75),
  }),
  build: ({ dimensions, words, atLeast }) => {
    const texts = TITLES.map((title) => ({
      title,
      chunks: chunkText({ words, text: loadText(title)({}, { id: `load-${title}` }) }, { id: `chunk-${title}` }),
    }))
    const recalls = dimensions.map((size) => {
      const vectors = texts.map(({ title, chunks }) =>
        embedChunks({ dimensions: size, chunks }, { id: `embed-${title}-${size}` }),
      )
      const index = buildIndex({ titles: [...TITLES], vectors }, { id: `index-${size}` })
      return evaluateSearch({ ...index }, { id: `evaluate-${size}` })
    })
    const best = chooseBest({ dimensions, atLeast, recalls })
    publish({ dimensions: best.dimensions, recall: best.recall }, { when: best.isGood })
    return best.recall
  },
})
