import { existsSync } from 'node:fs'

import {
  ARTIFACT_STORE,
  CACHE_INDEX,
  CACHE_POLICY,
  DEFAULT_STACK,
  METADATA_STORE,
  ORCHESTRATOR,
  type CodeIdentity,
  type StackDefinition,
} from '@cairnml/core'
import { openStack, type OpenStack, type StackEnvironment } from '@cairnml/core/stack'

import { Outside } from '../declared/outside.ts'
import type { Components } from '../execute/run-context.ts'
import type { ProjectDirs } from './project-dirs.ts'
import { endHeartbeats } from '../lease/heartbeat.ts'

interface Kept {
  readonly stack: Promise<OpenStack>
  readonly cairnDir: string
  readonly hadDir: boolean
}

/** Stacks that are open in this process: opening files and connections for every run would cost more than the run. */
const open = new Map<unknown, Kept>()

/** A stack that is open already, or is opened now. It stays open until `closeStacks`. */
export async function keptStack(definition: StackDefinition, environment: StackEnvironment): Promise<OpenStack> {
  const key = keyOf(definition, environment)
  const known = open.get(key)
  // Somebody removed the folder under an open stack: its connections write into nothing.
  if (known !== undefined && known.hadDir && !existsSync(known.cairnDir)) await close(key)
  const kept = open.get(key)
  if (kept !== undefined) {
    if (!kept.hadDir) open.set(key, { ...kept, hadDir: existsSync(kept.cairnDir) })
    return kept.stack
  }
  const stack = openStack(definition, environment)
  open.set(key, { stack, cairnDir: environment.cairnDir, hadDir: existsSync(environment.cairnDir) })
  stack.catch(() => open.delete(key))
  return stack
}

/** Closes every stack of this process. Programs that remove their `.cairn/` call it first. */
export async function closeStacks(): Promise<void> {
  await endHeartbeats()
  for (const key of open.keys()) await close(key)
}

/** The components of a stack, created, and what is around the steps of one run. */
export async function componentsOf(stack: OpenStack, code: CodeIdentity, dirs: ProjectDirs): Promise<Components> {
  const cacheIndex = await stack.get(CACHE_INDEX)
  return {
    orchestrator: await stack.get(ORCHESTRATOR),
    artifactStore: await stack.get(ARTIFACT_STORE),
    metadataStore: await stack.get(METADATA_STORE),
    cachePolicy: await stack.get(CACHE_POLICY),
    cacheIndex,
    code,
    outside: new Outside(dirs, cacheIndex),
  }
}

/** A stack that was read from a file is the same one as long as the file says the same; one in code is itself. */
function keyOf(definition: StackDefinition, { cairnDir, projectDir, place }: StackEnvironment): unknown {
  if (definition === DEFAULT_STACK) return cairnDir
  return place === undefined ? definition : JSON.stringify([cairnDir, projectDir, definition])
}

async function close(key: unknown): Promise<void> {
  const kept = open.get(key)
  open.delete(key)
  const stack = await kept?.stack.catch(() => undefined)
  await stack?.[Symbol.asyncDispose]()
}
