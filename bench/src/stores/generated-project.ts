import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import nodePath from 'node:path'

/** How large a generated project is. */
export interface ProjectSize {
  readonly modules: number
  readonly steps: number
}

const FUNCTIONS_PER_MODULE = 14
/** Each module uses functions of so many others. */
const IMPORTS_PER_MODULE = 3

/**
 * A project of TypeScript modules of about 4 KB in layers, and a file of steps that each reach a good part of them. Its
 * files look an hour old: a process takes code that is younger than itself for changed.
 */
export class GeneratedProject {
  readonly dir: string
  readonly #size: ProjectSize

  constructor(dir: string, size: ProjectSize) {
    this.dir = dir
    this.#size = size
    this.write('package.json', '{ "name": "generated", "type": "module" }\n')
    const cairnml = nodePath.dirname(createRequire(import.meta.url).resolve('cairnml/package.json'))
    mkdirSync(nodePath.join(dir, 'node_modules'))
    symlinkSync(cairnml, nodePath.join(dir, 'node_modules', 'cairnml'), 'junction')
    for (let module = 0; module < size.modules; module++) this.write(`m${module}.ts`, this.moduleText(module))
    this.write('steps.ts', this.#stepsText())
  }

  /** The text of a module; `edit` changes the body of one function, `more` adds a call to another module. */
  moduleText(
    module: number,
    { edit = 0, more = false }: { readonly edit?: number; readonly more?: boolean } = {},
  ): string {
    const used = this.#imported(module)
    const imports = used.map((other) => `import { f${other}_0, f${other}_1 } from './m${other}.ts'`)
    const extra = more
      ? `import { f${this.#size.modules - 1}_2 as another } from './m${this.#size.modules - 1}.ts'`
      : ''
    const functions = Array.from({ length: FUNCTIONS_PER_MODULE }, (_, index) => {
      const calls = used.map((other) => `f${other}_${index % 2}(x - 1)`)
      const last = index === 0 ? [] : [`f${module}_${index - 1}(x - 1)`]
      return functionText(`f${module}_${index}`, {
        calls: [...calls, ...last, ...(more && index === 0 ? ['another(x)'] : [])],
        constant: module + index + (index === 0 ? edit : 0),
      })
    })
    return [...imports, extra, ...functions].join('\n')
  }

  /** Writes a file as if it had been there for an hour. */
  write(file: string, text: string): void {
    const path = nodePath.join(this.dir, file)
    writeFileSync(path, text)
    const hourAgo = new Date(Date.now() - 3_600_000)
    utimesSync(path, hourAgo, hourAgo)
  }

  #imported(module: number): readonly number[] {
    const first = module * IMPORTS_PER_MODULE + 1
    const all = Array.from({ length: IMPORTS_PER_MODULE }, (_, index) => first + index)
    return all.filter((other) => other < this.#size.modules)
  }

  #stepsText(): string {
    const { steps } = this.#size
    const imports = Array.from({ length: steps }, (_, step) => `import { f${step}_13 } from './m${step}.ts'`)
    const definitions = Array.from(
      { length: steps },
      (_, step) => `export const s${step} = step({ name: 's${step}' }).implement(() => void f${step}_13(${step}))`,
    )
    return ["import { step } from 'cairnml'", ...imports, ...definitions, ''].join('\n')
  }
}

function functionText(name: string, { calls, constant }: { calls: readonly string[]; constant: number }): string {
  return `/** Adds up what the functions below give, from a number down to nothing. */
export function ${name}(x: number): number {
  if (x <= 0) return ${constant}
  const values: number[] = [${calls.join(', ')}]
  let sum = ${constant}
  for (const value of values) sum += Math.abs(value) % 7
  return values.length > 2 ? sum : sum + values.length
}
`
}
