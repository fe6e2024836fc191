import { randomUUID } from 'node:crypto'
import path from 'node:path'

import { cacheIndexConformance, metadataStoreConformance } from '@cairnml/testing'
import { afterAll, describe, it } from 'vitest'

import { scratchFolder } from './scratch-folder.ts'
import { indexIn, metadataIn } from './stores.ts'

const scratch = scratchFolder()
const projects = new WeakMap<object, string>()

afterAll(() => scratch[Symbol.dispose]())

/** Makes components in projects of their own, and others over the same project. */
function inProjects<T extends object>(open: (project: string) => T): { create(): T; reopen(component: object): T } {
  const make = (project: string): T => {
    const component = open(project)
    projects.set(component, project)
    return component
  }
  return {
    create: () => make(path.join(scratch.path, randomUUID())),
    reopen: (component) => make(projects.get(component) ?? ''),
  }
}

const runner = { describe, it }

metadataStoreConformance(runner, { name: 'SqliteMetadataStore', ...inProjects((project) => metadataIn(project)) })

cacheIndexConformance(runner, {
  name: 'SqliteCacheIndex',
  ...inProjects((project) => indexIn(project)),
  capabilities: { acquire: true, beater: true },
})
