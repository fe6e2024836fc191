import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

/** A folder for one scenario, removed with everything in it when it is disposed. */
export class TemporaryFolder implements Disposable {
  readonly path: string = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-bench-'))

  join(...names: readonly string[]): string {
    return nodePath.join(this.path, ...names)
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
