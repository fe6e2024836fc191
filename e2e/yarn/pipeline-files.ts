import type { ProjectFiles } from '../project/temporary-project.ts'

/** A pipeline of which each step uses another package, or none and a large value. */
export const PIPELINE_FILES: ProjectFiles = {
  'pipeline.ts': `import { appendFileSync } from 'node:fs'
import { pipeline, step } from 'cairnml'
import { z } from 'zod'
import { isCounted } from './src/counted.ts'
import { isColoured } from './src/coloured.ts'

const ran = (name: string): void => appendFileSync(process.env['EXECUTION_LOG'] ?? '', name + '\\n')

const count = step({ name: 'count', output: z.boolean() }).implement(() => {
  ran('count')
  return isCounted('3')
})
const colour = step({ name: 'colour', output: z.boolean() }).implement(() => {
  ran('colour')
  return isColoured()
})
const large = step({ name: 'large', output: z.string() }).implement(() => {
  ran('large')
  return 'x'.repeat(3_000_000)
})
const measure = step({ name: 'measure', inputs: { text: z.string() }, output: z.number() }).implement(({ text }) => {
  ran('measure')
  return text.length
})

export const main = pipeline({
  name: 'main',
  ignore: { env: ['EXECUTION_LOG'] },
  build: () => {
    count()
    colour()
    measure({ text: large() })
  },
})
`,
  'start.ts': `import { main } from './pipeline.ts'

await main.run()
`,
  'src/counted.ts': `import isNumber from 'is-number'

export const isCounted = (text: string): boolean => isNumber(text)
`,
  'src/coloured.ts': `import kleur from 'kleur'

export const isColoured = (): boolean => kleur.red('x').length > 1
`,
}

/** What these steps use, besides Cairn. */
export const DEPENDENCIES = { 'is-number': '6.0.0', kleur: '4.1.5', zod: '4.6.7' } as const

/** All steps of the pipeline. */
export const ALL: readonly string[] = ['colour', 'count', 'large', 'measure']
