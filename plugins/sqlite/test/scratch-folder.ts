import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A folder that is deleted at the end of the block: `using folder = scratchFolder()`. */
export function scratchFolder(): Disposable & { readonly path: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-sqlite-'))
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
