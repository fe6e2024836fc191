import { randomUUID } from 'node:crypto'
import path from 'node:path'

import { cacheIndexConformance, metadataStoreConformance, type ComponentReference } from '@cairnml/testing'
import { afterAll, describe, it } from 'vitest'

import { scratchFolder } from './scratch-folder.ts'
import { indexIn, metadataIn } from './stores.ts'

const MODULE = new URL('sqlite-components.ts', import.meta.url).href
const scratch = scratchFolder()
const projects = new WeakMap<object, string>()

afterAll(() => scratch[Symbol.dispose]())

interface InProjects<T> {
  create(): T
  reopen(component: object): T
  reference(component: object): ComponentReference
}

/** Makes components in projects of their own, and others over the same project. */
function inProjects<T extends object>(kind: 'index' | 'metadata', open: (project: string) => T): InProjects<T> {
  const make = (project: string): T => {
    const component = open(project)
    projects.set(component, project)
    return component
  }
  return {
    create: () => make(path.join(scratch.path, randomUUID())),
    reopen: (component) => make(projects.get(component) ?? ''),
    reference: (component) => ({ module: MODULE, data: { kind, project: projects.get(component) ?? '' } }),
  }
}

const runner = { describe, it }

metadataStoreConformance(runner, {
  name: 'SqliteMetadataStore',
  ...inProjects('metadata', (project) => metadataIn(project)),
})

cacheIndexConformance(runner, {
  name: 'SqliteCacheIndex',
  ...inProjects('index', (project) => indexIn(project)),
  capabilities: { acquire: true, beater: true },
})
