import type { Random } from './random.fixture.ts'
import type { RandomProject, RandomStep, StateMode } from './random-project.fixture.ts'
import { READS, WRITES, type ThingKind } from './thing-kinds.fixture.ts'

/** A name of the module scope that other code can use. */
export interface Thing {
  readonly file: FileDraft
  readonly name: string
  readonly kind: ThingKind
}

interface Exported {
  readonly file: FileDraft
  readonly exported: string
  /** Whether the file declares what it exports, and does not only pass it on. */
  readonly isDeclared?: boolean
}

/** One file that is being written. */
export class FileDraft {
  readonly path: string
  /** Files may use what files with a lower place export, also while they load. */
  readonly place: number
  readonly imports: string[] = []
  readonly lines: string[] = []
  hasDefault = false

  constructor(path: string, place: number) {
    this.path = path
    this.place = place
  }

  text(): string {
    return [...this.imports, ...this.lines, ''].join('\n')
  }
}

/** A project that is being written: its files, and what there is to use. */
export class ProjectDraft {
  readonly random: Random
  readonly state: StateMode
  readonly files: readonly FileDraft[]
  readonly things: Thing[] = []
  readonly steps: RandomStep[] = []
  readonly extra = new Map<string, string>()
  readonly #references = new Map<string, string[]>()
  #names = 0

  constructor(random: Random, state: StateMode) {
    this.random = random
    this.state = state
    const modules = Array.from({ length: random.whole(1, 4) }, (_, place) => this.#newFile(`m${place}`, place))
    this.files = [...modules, new FileDraft('main.ts', modules.length)]
  }

  get entry(): FileDraft {
    // Sound: the constructor puts the entry last.
    return this.files.at(-1) as FileDraft
  }

  #newFile(stem: string, place: number): FileDraft {
    return new FileDraft(`${stem}.${this.random.chance(0.7) ? 'ts' : 'js'}`, place)
  }

  /** A name that nothing else in the project has. */
  newName(stem: string): string {
    return `${stem}${++this.#names}`
  }

  /** Makes something known that the text of a file declares with `export`. */
  add(file: FileDraft, kind: ThingKind, name: string): Thing {
    const thing = { file, name, kind }
    this.things.push(thing)
    return thing
  }

  /** Things of these kinds that a file can use while it loads. */
  visible(from: FileDraft, kinds: readonly ThingKind[]): readonly Thing[] {
    return this.things.filter(({ file, kind }) => file.place <= from.place && kinds.includes(kind))
  }

  /** One of them; later ones are likelier, so that chains get long. */
  find(from: FileDraft, kinds: readonly ThingKind[]): Thing | undefined {
    const all = this.visible(from, kinds)
    if (all.length === 0) return undefined
    return this.random.chance(0.5) ? this.random.pick(all.slice(-4)) : this.random.pick(all)
  }

  /** What a file calls a thing; adds the import that it needs, by one of many routes. */
  reference(from: FileDraft, thing: Thing): string {
    if (from === thing.file) return thing.name
    const key = `${from.path} ${thing.name}`
    const known = this.#references.get(key) ?? []
    if (known.length > 0 && this.random.chance(0.8)) return this.random.pick(known)
    const made = this.#import(from, thing)
    this.#references.set(key, [...known, made])
    return made
  }

  #import(from: FileDraft, thing: Thing): string {
    const between = this.files.filter(({ place }) => place > thing.file.place && place < from.place)
    if (between.length > 0 && this.random.chance(0.35))
      return this.#importFromBarrel(from, thing, this.random.pick(between))
    return this.#importFrom(from, { file: thing.file, exported: thing.name, isDeclared: true })
  }

  #importFrom(from: FileDraft, { file, exported, isDeclared }: Exported): string {
    const source = `'./${file.path}'`
    const local = this.newName('i')
    switch (this.random.whole(0, 6)) {
      case 0:
        from.imports.push(`import { ${exported} as ${local} } from ${source}`)
        return local
      case 1:
      case 2:
        from.imports.push(`import * as ${local} from ${source}`)
        return `${local}.${exported}`
      case 3:
        if (file.hasDefault || !isDeclared) break
        file.hasDefault = true
        file.lines.push(`export { ${exported} as default }`)
        from.imports.push(`import ${local} from ${source}`)
        return local
      case 4:
        from.imports.push(`import * as ${local} from ${source}`)
        return `${local}['${exported}']`
      default:
    }
    const line = `import { ${exported} } from ${source}`
    if (from.imports.includes(line)) return exported
    if (from.imports.some((other) => other.includes(`{ ${exported} }`))) {
      from.imports.push(`import { ${exported} as ${local} } from ${source}`)
      return local
    }
    from.imports.push(line)
    return exported
  }

  #importFromBarrel(from: FileDraft, thing: Thing, barrel: FileDraft): string {
    const source = `'./${thing.file.path}'`
    const renamed = this.newName('r')
    const star = `export * from ${source}`
    switch (this.random.whole(0, 3)) {
      case 0:
        if (!barrel.imports.includes(star)) barrel.imports.push(star)
        return this.#importFrom(from, { file: barrel, exported: thing.name })
      case 1:
        barrel.imports.push(`export { ${thing.name} as ${renamed} } from ${source}`)
        return this.#importFrom(from, { file: barrel, exported: renamed })
      case 2:
        barrel.imports.push(`export * as ${renamed} from ${source}`)
        return `${this.#importFrom(from, { file: barrel, exported: renamed })}.${thing.name}`
      default: {
        const local = this.reference(barrel, thing)
        if (/^\w+$/.test(local)) barrel.lines.push(`export { ${local} as ${renamed} }`)
        else barrel.imports.push(`export { ${thing.name} as ${renamed} } from ${source}`)
        return this.#importFrom(from, { file: barrel, exported: renamed })
      }
    }
  }

  /** An expression that is a number or reads something. */
  value(from: FileDraft, depth = 0): string {
    if (depth > 1 || this.random.chance(0.55)) return String(this.random.whole(0, 9))
    return this.read(from, depth + 1)
  }

  /** An expression that reads one thing. */
  read(from: FileDraft, depth = 0): string {
    const readable = (Object.keys(READS) as ThingKind[]).filter((kind) => READS[kind].length > 0)
    const thing = this.find(from, readable)
    return thing === undefined ? String(this.random.whole(0, 9)) : this.readOf(from, thing, depth)
  }

  readOf(from: FileDraft, thing: Thing, depth = 0): string {
    const read = this.random.pick(READS[thing.kind])
    return read(this.reference(from, thing), this.random, () => this.value(from, depth))
  }

  /** An expression that changes something, or `undefined` where there is nothing to change. */
  write(from: FileDraft, value: string): string | undefined {
    const thing = this.find(from, Object.keys(WRITES) as ThingKind[])
    return thing === undefined ? undefined : this.writeOf(thing, this.reference(from, thing), value)
  }

  writeOf(thing: Pick<Thing, 'kind'>, ref: string, value: string): string {
    return this.random.pick(WRITES[thing.kind] ?? [])(ref, value, this.random)
  }

  /** Adds an import for its side effects only. */
  importForEffect(from: FileDraft, file: FileDraft): void {
    const line = `import './${file.path}'`
    if (from !== file && !from.imports.includes(line)) from.imports.push(line)
  }

  finish(): RandomProject {
    const texts = new Map(this.files.map((file) => [file.path, file.text()]))
    for (const [path, text] of this.extra) texts.set(path, text)
    return { texts, entry: this.entry.path, steps: this.steps }
  }
}
