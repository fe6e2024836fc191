import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import {
  MemoryArtifactStore,
  stepDefinition,
  type ArtifactStore,
  type StepDefinition,
  type StepInvocation,
} from '@cairnml/core'
import { vi } from 'vitest'

import type { WorkerIo } from './load-inputs.ts'
import { WorkFolder } from './work-folder.ts'

/** The definition behind a step. */
export function definitionOf(step: unknown): StepDefinition {
  const definition = stepDefinition(step)
  if (definition === undefined) throw new Error('This is no step.')
  return definition
}

/** The first attempt of a step, with no inputs and no key. */
export function invocationOf(fields: Partial<StepInvocation> = {}): StepInvocation {
  return {
    run: { id: 'run-1', name: 'Run-1', pipeline: 'p' },
    invocation: 'train',
    step: 'train',
    attempt: 1,
    zone: 'default',
    params: {},
    inputs: {},
    ...fields,
  }
}

/** Reaches artifacts in a store of its own unless one is given. */
export function ioOf(
  store: ArtifactStore = new MemoryArtifactStore(),
  signal: AbortSignal = new AbortController().signal,
): WorkerIo {
  return { store, signal, folder: new WorkFolder() }
}

/** Keys of all objects in a store. */
export async function keysIn(store: ArtifactStore): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of store.list('')) keys.push(key)
  return keys
}

/** The folder for temporary files of this process, moved to one of the test's own while it is in scope. */
export class OwnTmpDir implements Disposable {
  readonly #path = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-test-'))

  constructor() {
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, this.#path)
  }

  /** The names in it. */
  get content(): readonly string[] {
    return readdirSync(this.#path)
  }

  [Symbol.dispose](): void {
    vi.unstubAllEnvs()
    rmSync(this.#path, { recursive: true, force: true })
  }
}
