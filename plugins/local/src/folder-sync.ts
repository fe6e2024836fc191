import { closeSync, fsync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const syncToDisk = promisify(fsync)

const DELAY_MS = 1000

/**
 * Brings new names in folders to the disk, a group at a time: after a power loss a name that was not brought there yet
 * is missing, which a reader takes for an object that was never put.
 */
export class FolderSync {
  #waiting = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  /** Remembers a folder whose content changed. */
  add(folder: string): void {
    this.#waiting.add(folder)
    this.#timer ??= setTimeout(() => void this.flush(), DELAY_MS).unref()
  }

  /** Resolves when everything that was remembered is on the disk. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const folders = this.#waiting
    this.#waiting = new Set()
    this.#running = this.#running.then(() => syncAll(folders))
    return this.#running
  }
}

async function syncAll(folders: Iterable<string>): Promise<void> {
  for (const folder of folders) {
    try {
      await syncOne(folder)
    } catch {
      // The folder is gone again, or the platform (Windows) cannot do this to folders.
    }
  }
}

/** Only the waiting is left to the thread pool: every step makes folders, and three trips cost more than it does. */
async function syncOne(folder: string): Promise<void> {
  const descriptor = openSync(folder, 'r')
  try {
    await syncToDisk(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
