/** What was looked at to identify packages. The identities are still right while all of it is as it was. */
export interface PackageStamp {
  /** Files whose state or content counts, absolute, sorted; links are followed. */
  readonly files: readonly string[]
  /** Paths where nothing was and nothing may appear, absolute, sorted. */
  readonly absent: readonly string[]
  /** Folders in which no entry may appear or disappear, absolute, sorted. */
  readonly folders: readonly string[]
}

/** Collects a {@link PackageStamp}. */
export class StampBuilder {
  readonly #files = new Set<string>()
  readonly #absent = new Set<string>()
  readonly #folders = new Set<string>()

  /** Remembers a file that was read or is missing. */
  look(path: string, isThere: boolean): void {
    const paths = isThere ? this.#files : this.#absent
    paths.add(path)
  }

  /** Remembers a folder whose entries were listed, or that is missing. */
  list(path: string, isThere: boolean): void {
    const paths = isThere ? this.#folders : this.#absent
    paths.add(path)
  }

  /** Everything so far. */
  stamp(): PackageStamp {
    const sorted = (paths: ReadonlySet<string>): readonly string[] => Array.from(paths).toSorted()
    return { files: sorted(this.#files), absent: sorted(this.#absent), folders: sorted(this.#folders) }
  }
}
