import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'
import type { TableSubject } from './table-row.ts'

/** What each step of the project gives, and where it has it from. */
const VALUES = {
  plain: ["import { plain } from './plain.ts'", 'plain()'],
  deep: ["import { first } from './deep/first.ts'", 'first()'],
  barrel: ["import { listed } from './barrel/index.ts'", 'listed()'],
  starred: ["import { starred } from './barrel/index.ts'", 'starred()'],
  renamed: ["import { known as called } from './barrel/index.ts'", 'called()'],
  namespace: ["import * as shapes from './shapes.ts'", 'shapes.square()'],
  nested: ["import { parts } from './barrel/index.ts'", 'parts.nut()'],
  defaulted: ["import greet from './greet.ts'", 'greet()'],
  script: ["import { script } from './script.js'", 'script()'],
  common: ["import common from './common.cjs'", 'common.value()'],
  alias: ["import { alias } from '#alias'", 'alias()'],
  dynamic: ['', "(await import('./lazy.ts')).lazy()"],
  destructured: [
    '',
    "await (async () => {\n    const { chosen } = await import('./choice.ts')\n    return chosen()\n  })()",
  ],
  json: ["import labels from './labels.json' with { type: 'json' }", 'labels.title'],
  constant: ["import { LIMIT } from './constants.ts'", 'String(LIMIT)'],
  object: ["import { settings } from './constants.ts'", 'settings.style.border'],
  enumerated: ["import { Unit } from './constants.ts'", 'Unit.Metre'],
  method: ["import { Base } from './classes.ts'", 'new Base().name()'],
  inherited: ["import { Derived } from './classes.ts'", 'new Derived().name()'],
  getter: ["import { Box } from './classes.ts'", 'new Box().size'],
  both: ["import { plain as same } from './plain.ts'", 'same().repeat(2)'],
} as const satisfies Readonly<Record<string, readonly [importing: string, value: string]>>

/** A project whose steps, all in one file, reach code of other files in all ways there are. */
export const IMPORTS_SUBJECT: TableSubject = {
  make: importsProject,
  main: 'src/main.ts',
  steps: Object.keys(VALUES).toSorted(),
  result: {
    ...Object.fromEntries(Object.keys(VALUES).map((name) => [name, name])),
    both: 'plainplain',
    constant: '1',
    inherited: 'derived method',
  },
}

/** The file of all steps. */
export const STEPS_FILE = 'src/steps.ts'

function importsProject(): TemporaryProject {
  const names = Object.keys(VALUES)
  const steps = Object.entries(VALUES).map(
    ([name, [, value]]) => `export const ${name}Step = step({ name: '${name}', output }).implement(async () => {
  ran('${name}')
  return ${value}
})
`,
  )
  const imports = Object.values(VALUES).flatMap(([line]) => (line === '' ? [] : [line]))
  return temporaryProject({
    'package.json': '{ "name": "project", "type": "module", "imports": { "#alias": "./src/alias.ts" } }\n',
    [STEPS_FILE]: `import { step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

${imports.join('\n')}

const output = z.string()

${steps.join('\n')}`,
    'src/main.ts': `import { pipeline } from 'cairnml'
import * as steps from './steps.ts'

const p = pipeline({
  name: 'imports',
  build: () => ({ ${names.map((name) => `${name}: steps.${name}Step()`).join(', ')} }),
})
const { result } = await p.run()
const values: Record<string, unknown> = {}
for (const [name, value] of Object.entries(result)) values[name] = await value.load()
console.log('RESULT ' + JSON.stringify(values))
`,
    ...MODULES,
  })
}

/** A module with the function that is used and one that is not. */
const pair = (name: string, other = 'other'): string =>
  `export const ${name} = (): string => '${name}'\nexport const ${other} = (): string => 'unused'\n`

const MODULES: ProjectFiles = {
  'src/plain.ts': pair('plain'),
  'src/deep/first.ts':
    "import { second } from './second.ts'\nexport function first(): string {\n  return second()\n}\n",
  'src/deep/second.ts': "import { third } from './third.ts'\nexport const second = (): string => third\n",
  'src/deep/third.ts': "export const third = 'de' + 'ep'\n",
  'src/barrel/index.ts': `export { listed } from './listed.ts'
export * from './starred.ts'
export { original as known } from './renamed.ts'
export * as parts from './parts.ts'
export { idle } from './idle.ts'
`,
  'src/barrel/listed.ts': pair('listed').replace("'listed'", "'barrel'"),
  'src/barrel/starred.ts': pair('starred', 'unusedStar'),
  'src/barrel/renamed.ts': pair('original').replace("'original'", "'renamed'"),
  'src/barrel/parts.ts': pair('nut', 'bolt').replace("'nut'", "'nested'"),
  'src/barrel/idle.ts': "export const idle = (): string => 'idle'\n",
  'src/shapes.ts': pair('square', 'circle').replace("'square'", "'namespace'"),
  'src/greet.ts':
    "export default function greet(): string {\n  return 'defaulted'\n}\nexport const other = (): string => 'unused'\n",
  'src/script.js': "export function script() {\n  return 'script'\n}\nexport const other = () => 'unused'\n",
  'src/common.cjs': "exports.value = () => 'common'\n",
  'src/alias.ts': pair('alias'),
  'src/lazy.ts': pair('lazy').replace("'lazy'", "'dynamic'"),
  'src/choice.ts': pair('chosen').replace("'chosen'", "'destructured'"),
  'src/labels.json': '{ "title": "json" }\n',
  'src/unread.json': '{ "title": "unread" }\n',
  'src/constants.ts': `export const LIMIT = 1
export const SPARE = 'spare'
export const settings = { style: { border: 'object' } }
export const Unit = { Metre: 'enumerated', Foot: 'ft' } as const
`,
  'src/classes.ts': `export class Base {
  name(): string {
    return 'method'
  }
}
export class Derived extends Base {
  override name(): string {
    return 'derived ' + super.name()
  }
}
export class Box {
  static readonly #unit = 'getter'
  get size(): string {
    return Box.#unit
  }
}
export class Unused {
  name(): string {
    return 'unused'
  }
}
`,
}
