import { hash } from 'node:crypto'

import { definitionOffset, type RandomProject, type RandomStep } from './random-project.fixture.ts'
import type { LiveProject } from './run-project.fixture.ts'

/** The code of a step, or why it is not known. */
export type Key = { readonly digest: string } | { readonly reason: string }

/** Says what code the steps of one project are; in each check it is asked anew. */
export interface Identity {
  keyOf(step: RandomStep, project: RandomProject, live: LiveProject): Key
}

const sha = (text: string): Key => ({ digest: hash('sha256', text) })

function definitionText({ texts }: RandomProject, step: RandomStep): string {
  const offset = definitionOffset(texts, step) ?? 0
  return texts.get(step.file)?.slice(offset).split('\n', 1)[0] ?? ''
}

function importedFrom(file: string, { texts }: RandomProject, seen: Set<string> = new Set()): ReadonlySet<string> {
  seen.add(file)
  const text = texts.get(file) ?? ''
  for (const [, path] of text.matchAll(/'\.\/(.*?)'/g)) {
    if (path !== undefined && !seen.has(path)) importedFrom(path, { texts, entry: file, steps: [] }, seen)
  }
  return seen
}

/**
 * Identities to test the test with. All but the last are too coarse or too fine on purpose: the first three have false
 * hits, which must be found; the last has none and counts every byte.
 */
export const SIMPLE_IDENTITIES = {
  'own text': { keyOf: (step, project) => sha(definitionText(project, step)) },
  'own file': { keyOf: (step, { texts }) => sha(`${step.name} ${texts.get(step.file)}`) },
  'imported files': {
    keyOf: (step, project) => {
      const files = [...importedFrom(step.file, project)].map((path) => `${path} ${project.texts.get(path)}`)
      return sha([step.name, ...files.toSorted()].join('\0'))
    },
  },
  everything: { keyOf: (step, { texts }) => sha(JSON.stringify([step.name, ...texts])) },
} satisfies Readonly<Record<string, Identity>>
