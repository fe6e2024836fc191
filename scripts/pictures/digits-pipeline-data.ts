/** The pipeline of the picture: two quick steps, and three that stay where they are until the run is cancelled. */
export const DIGITS_PIPELINE: string = `import { setTimeout as sleep } from 'node:timers/promises'
import { defineStack, list, pipeline, step } from 'cairnml'
import { z } from 'zod'

const load = (name: string) => step({ name, output: z.number() }).implement(() => 1797)
const [loadImages, loadLabels] = [load('load_images'), load('load_labels')]

const train = (name: string, fraction: number, text: string) =>
  step({ name, inputs: { images: z.number(), labels: z.number() }, output: z.number() }).implement(
    async ({ images }, { progress, signal }) => {
      if (name === 'train_network') console.log('epoch 4: loss 0.412, accuracy 0.871')
      progress(fraction, text)
      await sleep(600_000, undefined, { signal })
      return images
    },
  )
const trainers = [
  train('train_svm', 0.64, '32 of 50 folds'),
  train('train_forest', 0.35, '140 of 400 trees'),
  train('train_network', 0.08, 'epoch 4 of 50'),
]
const best = step({ name: 'best_of', inputs: { scores: list(z.number()) }, output: z.number() }).implement(({ scores }) =>
  Math.max(...scores),
)

const digits = pipeline({
  name: 'digits',
  build: () => {
    const data = { images: loadImages(), labels: loadLabels() }
    return best({ scores: trainers.map((trainer) => trainer(data)) })
  },
})
const laptop = defineStack({ name: 'laptop', orchestrator: { use: 'local', concurrency: 4 } })
await digits.run({}, { stack: laptop })
`
