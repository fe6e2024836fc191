import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'
import type { TableSubject } from './table-row.ts'

/** The file of the steps. */
export const OUTSIDE_STEPS = 'src/steps.ts'
/** The file of the pipeline and its run. */
export const OUTSIDE_MAIN = 'src/main.ts'

/** A project whose steps take what they give from outside, and say so. */
export const OUTSIDE_SUBJECT: TableSubject = {
  make: outsideProject,
  main: OUTSIDE_MAIN,
  steps: [
    'captioned',
    'expiring',
    'filed',
    'foldered',
    'ignoring',
    'keyed',
    'keyedUp',
    'moded',
    'secretive',
    'tuned',
    'versioned',
  ],
  result: {
    filed: 'a,b',
    foldered: 'deep',
    tuned: '1',
    moded: 'fast',
    secretive: true,
    captioned: 'caption',
    keyedUp: true,
    keyed: 'one',
    ignoring: 'loud 2',
    expiring: 'fresh',
    versioned: 'coded',
  },
  env: { RATE: '1', MODE: 'fast', NOISE: 'loud', API_TOKEN: 'token-1', SERVICE_KEY: 'key-1', CAPTION: 'caption' },
}

function outsideProject(): TemporaryProject {
  return temporaryProject({ ...FILES, [OUTSIDE_STEPS]: STEPS, [OUTSIDE_MAIN]: MAIN })
}

const FILES: ProjectFiles = {
  'data/a.csv': 'a\n',
  'data/b.csv': 'b\n',
  'data/notes.txt': 'not declared\n',
  'folder/in/deep.txt': 'deep\n',
  'key.txt': 'one\n',
  'src/noise.ts': "export const noise = (): string => process.env.NOISE ?? 'quiet'\n",
  'node_modules/noisy/package.json': '{ "name": "noisy", "version": "1.0.0", "type": "module", "main": "index.js" }',
  'node_modules/noisy/index.js': 'export const twice = (number) => number * 2\n',
}

const STEPS = `import { globSync, readFileSync } from 'node:fs'

import { step } from 'cairnml'
import { ran } from 'execution-log'
import { twice } from 'noisy'
import { z } from 'zod'

import { noise } from './noise.ts'

const read = (file: string): string => readFileSync(file, 'utf8').trim()
const output = z.string()

export const filed = step({ name: 'filed', files: ['data/*.csv'], output }).implement(() => {
  ran('filed')
  return globSync('data/*.csv').toSorted().map(read).join(',')
})

export const foldered = step({ name: 'foldered', files: ['folder'], output }).implement(() => {
  ran('foldered')
  return read('folder/in/deep.txt')
})

export const tuned = step({ name: 'tuned', env: ['RATE'], output }).implement(() => {
  ran('tuned')
  return process.env['RATE'] ?? 'none'
})

export const moded = step({ name: 'moded', output }).implement(() => {
  ran('moded')
  return process.env.MODE ?? 'none'
})

const isThere = (secret: string | undefined): boolean => secret !== undefined

export const secretive = step({ name: 'secretive', secrets: ['API_TOKEN'], output: z.boolean() }).implement(
  (_, { secrets }) => {
    ran('secretive')
    return isThere(secrets['API_TOKEN'])
  },
)

export const captioned = step({ name: 'captioned', secrets: ['CAPTION'], output }).implement(() => {
  ran('captioned')
  return process.env.CAPTION === undefined ? 'none' : 'caption'
})

export const keyedUp = step({ name: 'keyedUp', output: z.boolean() }).implement(() => {
  ran('keyedUp')
  return isThere(process.env.SERVICE_KEY)
})

export const keyed = step({ name: 'keyed', key: () => read('key.txt'), output }).implement(() => {
  ran('keyed')
  return read('key.txt')
})

export const ignoring = step({
  name: 'ignoring',
  params: z.object({ threads: z.number() }),
  inputs: { note: z.string() },
  ignore: { params: ['threads'], inputs: ['note'], env: ['NOISE'], packages: ['noisy'] },
  output,
}).implement(() => {
  ran('ignoring')
  return noise() + ' ' + twice(1)
})

export const expiring = step({ name: 'expiring', output }).implement(() => {
  ran('expiring')
  return 'fresh'
})

export const versioned = step({ name: 'versioned', codeVersion: '3', output }).implement(() => {
  ran('versioned')
  return 'coded'
})
`

const MAIN = `import { pipeline } from 'cairnml'
import * as steps from './steps.ts'

const p = pipeline({
  name: 'outside',
  build: () => ({
    filed: steps.filed(),
    foldered: steps.foldered(),
    tuned: steps.tuned(),
    moded: steps.moded(),
    secretive: steps.secretive(),
    captioned: steps.captioned(),
    keyedUp: steps.keyedUp(),
    keyed: steps.keyed(),
    ignoring: steps.ignoring({ threads: 1, note: steps.filed({}, { id: 'note' }) }),
    expiring: steps.expiring.with({ expires: '1h' })(),
    versioned: steps.versioned(),
  }),
})
const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, value] of Object.entries(result)) values[name] = await value.load()
console.log('RESULT ' + JSON.stringify(values))
`
