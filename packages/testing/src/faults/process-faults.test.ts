import { randomUUID } from 'node:crypto'
import nodePath from 'node:path'

import type { ArtifactStore } from '@cairnml/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ArtifactStoreSection } from '../artifact-store/artifact-store-conformance.ts'
import { CRASH_SECTION } from '../artifact-store/crash-section.ts'
import { IF_ABSENT_PROCESS_SECTION, PROCESS_SECTION } from '../artifact-store/process-section.ts'
import { LEASE_PROCESS_SECTION, PROCESS_SECTION as INDEX_SECTION } from '../cache-index/process-section.ts'
import { temporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.ts'
import {
  CRASH_SECTION as RECORD_CRASH_SECTION,
  PROCESS_SECTION as RECORD_SECTION,
} from '../metadata-store/process-section.ts'
import type { ComponentReference } from '../processes/component-reference.ts'
import { registerSuite } from '../suite/suite.ts'
import { failingTests } from './failing-tests.ts'
import { FolderStore, type FolderStoreFault } from './folder-store.ts'
import { journalCacheIndex, journalMetadataStore } from './journal-components.ts'
import type { JournalFault } from './journal.ts'

const MODULE = new URL('faulty-processes.ts', import.meta.url).href
const TIMEOUT_MS = 60_000

const STORE_FAULTS: { readonly [fault in Exclude<FolderStoreFault, 'nothing'>]: string } = {
  'writes in place': 'killed processes > leave nothing of an object that they put half',
  'looks before it puts': 'ifAbsent among processes > has exactly one winner of every key',
  'promises before it writes':
    'killed processes > leave whole objects only, and all that were put, whenever they are killed',
}

const RECORD_FAULTS: { readonly [fault in JournalFault]: string } = {
  'locks nothing': 'several processes > claim the versions of a pipeline without losing or sharing one',
  'writes in two halves':
    'killed processes > leave whole batches only, and all that were written, whenever they are killed',
  'promises before it writes':
    'killed processes > leave whole batches only, and all that were written, whenever they are killed',
}

const INDEX_FAULTS: { readonly [fault in Exclude<JournalFault, 'writes in two halves'>]: string } = {
  'locks nothing': 'several processes > agree on the first entry of every key',
  'promises before it writes':
    'several processes > leave whole entries only, and all that were put, whenever they are killed',
}

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

interface Opened<T> {
  readonly create: () => T
  readonly reopen: (component: T) => T
  readonly reference: (component: T) => ComponentReference
}

/** Opens a component in a place of its own, here and in other processes. */
function opened<T extends object>(port: string, fault: string, open: (place: string) => T): Opened<T> {
  const places = new WeakMap<T, string>()
  const openAt = (place: string): T => {
    const component = open(place)
    places.set(component, place)
    return component
  }
  return {
    create: () => openAt(nodePath.join(folder.path, randomUUID())),
    reopen: (component) => openAt(places.get(component) ?? ''),
    reference: (component) => ({ module: MODULE, data: { port, fault, place: places.get(component) ?? '' } }),
  }
}

/** The sections that a fault is meant for; the others would only take time. */
function meant<S extends { readonly title: string }>(sections: readonly S[], noticedBy: string): readonly S[] {
  return sections.filter(({ title }) => noticedBy.startsWith(`${title} > `))
}

describe('the sections on processes', { timeout: 120_000 }, () => {
  const STORE_SECTIONS = [CRASH_SECTION, PROCESS_SECTION, IF_ABSENT_PROCESS_SECTION]
  const storeFailing = (
    fault: FolderStoreFault,
    sections: readonly ArtifactStoreSection[],
  ): Promise<readonly string[]> => {
    const how = opened<ArtifactStore>('artifactStore', fault, (place) => new FolderStore(place, fault))
    const options = { name: 'store', ...how, capabilities: { ifAbsent: true } as const }
    return failingTests((runner) => registerSuite(runner, options, sections), { timeoutMs: TIMEOUT_MS })
  }

  it('pass an artifact store that keeps its promises', async () => {
    expect(await storeFailing('nothing', STORE_SECTIONS)).toEqual([])
  })

  it.each(Object.entries(STORE_FAULTS))('notice an artifact store that %s', async (fault, noticedBy) => {
    // Sound: the table has the faults for its keys.
    expect(await storeFailing(fault as FolderStoreFault, meant(STORE_SECTIONS, noticedBy))).toContain(noticedBy)
  })

  it.each(Object.entries(RECORD_FAULTS))('notice a metadata store that %s', async (fault, noticedBy) => {
    // Sound: the table has the faults for its keys.
    const how = opened('metadataStore', fault, (place) => journalMetadataStore(place, fault as JournalFault))
    const sections = meant([RECORD_CRASH_SECTION, RECORD_SECTION], noticedBy)
    const options = { name: 'store', ...how }
    expect(
      await failingTests((runner) => registerSuite(runner, options, sections), { timeoutMs: TIMEOUT_MS }),
    ).toContain(noticedBy)
  })

  it.each(Object.entries(INDEX_FAULTS))('notice a cache index that %s', async (fault, noticedBy) => {
    // Sound: the table has the faults for its keys.
    const how = opened('cacheIndex', fault, (place) => journalCacheIndex(place, fault as JournalFault))
    const options = { name: 'index', ...how, capabilities: { acquire: true } as const }
    const failed = await failingTests((runner) => registerSuite(runner, options, [INDEX_SECTION]), {
      timeoutMs: TIMEOUT_MS,
    })
    expect(failed).toContain(noticedBy)
  })

  it('notice a cache index that keeps its leases to its own process', async () => {
    const how = opened('cacheIndex', 'locks nothing', (place) => journalCacheIndex(place, 'locks nothing'))
    const options = { name: 'index', ...how, capabilities: { acquire: true } as const }
    const failed = await failingTests((runner) => registerSuite(runner, options, [LEASE_PROCESS_SECTION]), {
      timeoutMs: TIMEOUT_MS,
    })
    expect(failed).toEqual([
      'leases of processes > are held by one process at a time',
      'leases of processes > stay with a process that was killed, without a beat, until they are taken over',
    ])
  })
})
