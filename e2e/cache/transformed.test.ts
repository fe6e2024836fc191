import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { describeRows, replace, type TableSubject } from './table-row.ts'

const MAIN = 'main.ts'

/** A project with syntax that Node has to transform: enums, namespaces, parameter properties. */
const SUBJECT: TableSubject = {
  make: transformedProject,
  main: MAIN,
  steps: ['enumerated', 'merged', 'namespaced', 'property'],
  result: { enumerated: 'm', merged: 3, namespaced: 'north', property: 'dear reader' },
  env: { NODE_OPTIONS: '--experimental-transform-types --disable-warning=ExperimentalWarning' },
}

function transformedProject(): TemporaryProject {
  return temporaryProject({
    'kinds.ts': `export enum Unit {
  Metre = 'm',
  Foot = 'ft',
}
export enum Spare {
  None = 'none',
}
enum Level {
  Low = 1,
}
enum Level {
  High = 3,
}
export { Level }
export namespace Compass {
  export const up = 'north'
}
export class Letter {
  constructor(readonly name: string) {}
}
`,
    [MAIN]: `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

import { Compass, Letter, Level, Unit } from './kinds.ts'

const enumerated = step({ name: 'enumerated', output: z.string() }).implement(() => {
  ran('enumerated')
  return Unit.Metre
})
const merged = step({ name: 'merged', output: z.number() }).implement(() => {
  ran('merged')
  return Level.High
})
const namespaced = step({ name: 'namespaced', output: z.string() }).implement(() => {
  ran('namespaced')
  return Compass.up
})
const property = step({ name: 'property', output: z.string() }).implement(() => {
  ran('property')
  return 'dear ' + new Letter('reader').name
})

const p = pipeline({
  name: 'p',
  build: () => ({ enumerated: enumerated(), merged: merged(), namespaced: namespaced(), property: property() }),
})
const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, value] of Object.entries(result)) values[name] = await value.load()
console.log('RESULT ' + JSON.stringify(values))
`,
  })
}

describeRows('between two runs of code that Node transforms', SUBJECT, {
  'nothing: nothing': [{ edit: 'no edit', reruns: [] }],
  'top-level constant, class method, enum or object that the step uses: users only': [
    {
      edit: 'an enum',
      apply: replace('kinds.ts', "'m'", "'metre'"),
      reruns: ['enumerated'],
      result: { enumerated: 'metre' },
    },
    {
      edit: 'one of two enums of one name',
      apply: replace('kinds.ts', 'High = 3', 'High = 4'),
      reruns: ['merged'],
      result: { merged: 4 },
    },
    {
      edit: 'a namespace',
      apply: replace('kinds.ts', "'north'", "'south'"),
      reruns: ['namespaced'],
      result: { namespaced: 'south' },
    },
    { edit: 'an enum that is not used', apply: replace('kinds.ts', "'none'", "'nothing'"), reruns: [] },
    {
      edit: 'a class with a parameter property',
      apply: replace('kinds.ts', 'name: string) {}', "name: string) {\n    this.name = name + '!'\n  }"),
      reruns: ['property'],
      result: { property: 'dear reader!' },
    },
  ],
  'comment, whitespace, formatting, type annotation, or import order: nothing': [
    {
      edit: 'a type above the steps',
      apply: replace(
        MAIN,
        'const enumerated =',
        'interface Size {\n  readonly width: number\n}\nexport type Sizes = Size[]\n\nconst enumerated =',
      ),
      reruns: [],
    },
    { edit: 'a comment in an enum', apply: replace('kinds.ts', '  Metre', '  // One.\n  Metre'), reruns: [] },
  ],
  'another step in the same file: that other step only': [
    {
      edit: 'a step',
      apply: replace(MAIN, 'return Unit.Metre', 'return String(Unit.Metre)'),
      reruns: ['enumerated'],
    },
  ],
})
