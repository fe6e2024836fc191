import assert from 'node:assert/strict'

import type { CodeProvenance } from '@cairnml/core'

import type { ProvenanceSection } from './provenance-conformance.ts'

const MOST_FILES = 50

/** What is found out about the code. */
export const COLLECT_SECTION: ProvenanceSection = {
  title: 'the state of the code',
  tests: {
    'names the component that found it': async ({ component }) => {
      assert.ok(component.name.length > 0)
      assert.equal((await component.collect()).type, component.type)
    },

    'is JSON': async ({ component }) => {
      const found = await component.collect()
      assert.deepEqual(JSON.parse(JSON.stringify(found)), structuredClone(found))
    },

    'names changed files if there are some, and not too many': async ({ component }) => {
      const { dirty, changed } = await component.collect()
      assert.equal(changed !== undefined, dirty === true)
      if (changed === undefined) return
      assert.ok(changed.files.length <= Math.min(changed.count, MOST_FILES))
      assert.ok(changed.count > 0)
    },

    'says in clauses what is missing': async ({ component }) => {
      const { missing = [], ...known } = await component.collect()
      for (const clause of missing) assert.match(clause, /^\S[^\r\n]*[^.\s]$/)
      assert.ok(missing.length > 0 || known.commit !== undefined)
    },

    'has no user and no query in the address': async ({ component }) => {
      assert.doesNotMatch((await component.collect()).remote ?? '', /[@?#]/)
    },

    'ends when its signal is aborted': async ({ component }) => {
      const reason = new Error('nobody waits')
      const found = await component.collect({ signal: AbortSignal.abort(reason) }).catch(endedBy(reason))
      assert.ok(found === undefined || found.type === component.type)
    },
  },
}

/** Takes the reason of the signal for an end, and nothing else. */
function endedBy(reason: Error): (error: unknown) => CodeProvenance | undefined {
  return (error) => {
    if (error !== reason) throw error
    return undefined
  }
}
