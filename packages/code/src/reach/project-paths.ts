import { relative, sep } from 'node:path'

/** Paths of a project as people read them: relative to its folder, with forward slashes. */
export class ProjectPaths {
  readonly #dir: string
  readonly #known = new Map<string, string>()

  constructor(projectDir: string) {
    this.#dir = projectDir
  }

  of(file: string): string {
    let path = this.#known.get(file)
    if (path === undefined) {
      path = relative(this.#dir, file).split(sep).join('/')
      this.#known.set(file, path)
    }
    return path
  }

  /** `src/a.ts:12` */
  at(file: string, line: number): string {
    return `${this.of(file)}:${line}`
  }
}
