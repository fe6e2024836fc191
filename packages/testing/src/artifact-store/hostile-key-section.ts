import assert from 'node:assert/strict'

import { isCairnError, isObjectKey, type ArtifactStore } from '@cairnml/core'
import type { Arbitrary } from 'fast-check'

import { expectCode } from '../suite/expect-error.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, keysUnder, text } from './stored-bytes.ts'

const RUNS = 150

/** What keys are made of that are meant to lead a store astray. */
const PIECES = [
  'a', 'A', 'b', '0', '.', '..', '...', '/', '//', '\\', '-', '_', '=', '+', '@', '~', ':', '%', '%2e', '%2F', '%00', ' ',
  '\n', '\r', '\0', '\t', '"', "'", '*', '?', '#', '&', '|', '<', '>', '$HOME', 'ä', 'a\u0308', '\u202e', '\u{1f600}',
  '\ud800', 'con', 'NUL', 'aux.txt', 'COM1', 'tmp', 'lock', 'x'.repeat(120), '__proto__', 'constructor', 'hasOwnProperty',
] // prettier-ignore

/** Keys that some file systems take for one, or for a device. */
const CONFUSABLE = [
  'k/a', 'k/A', 'k/a.', 'k/a..', 'k/a.b', 'k/con', 'k/CON', 'k/nul.txt', 'k/aux', 'k/com1', 'k/lpt1.json', 'k/prn',
  'k/__proto__', 'k/constructor', 'k/toString', 'k/=', 'k/+', 'k/-', 'k/.hidden', 'k/a-', 'k/a=', `k/${'y'.repeat(200)}`,
  `k/${'Y'.repeat(200)}`,
] // prettier-ignore

/** Keys of those who wish the store ill. */
export const HOSTILE_KEY_SECTION: ArtifactStoreSection = {
  title: 'hostile keys',
  tests: {
    'are refused as every store refuses them, or name one object': async ({ component, other }) => {
      const { assert: check, asyncProperty } = await import('fast-check')
      await check(
        asyncProperty(await hostileText(), async (key) => {
          if (isObjectKey(key)) return await assertNamesOne(component, other, key)
          await expectCode('CAIRN_STORE_KEY_INVALID', () => component.put(key, text('x')))
          await expectCode('CAIRN_STORE_KEY_INVALID', () => component.get(key))
          await expectCode('CAIRN_STORE_KEY_INVALID', () => component.stat(key))
          await expectCode('CAIRN_STORE_KEY_INVALID', () => component.delete(key))
        }),
        { numRuns: RUNS },
      )
      assert.deepEqual(await keysUnder(component, ''), [])
    },

    'are refused as prefixes too, or list what starts with them': async ({ component }) => {
      const { assert: check, asyncProperty } = await import('fast-check')
      await component.put('a/b', text('x'))
      await component.put('b', text('x'))
      await check(
        asyncProperty(await hostileText(), async (prefix) => {
          const isPrefix = isObjectKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)
          if (!isPrefix) return await expectCode('CAIRN_STORE_KEY_INVALID', () => keysUnder(component, prefix))
          const expected = ['a/b', 'b'].filter((key) => key.startsWith(prefix))
          assert.deepEqual(await keysUnder(component, prefix), expected, `prefix ${prefix}`)
        }),
        { numRuns: RUNS },
      )
    },

    'that some file systems take for one or for a device are stored rightly or refused': async ({
      component,
      other,
    }) => {
      const stored = []
      for (const key of CONFUSABLE) if (await isTaken(component, key)) stored.push(key)
      for (const key of stored) assertBytes(await bytesAt(other, key), text(key))
      const listed = await keysUnder(other, 'k/')
      assert.deepEqual(new Set(listed), new Set(stored))
      assert.equal(listed.length, stored.length)
      for (const key of stored.splice(0, 5)) await component.delete(key)
      for (const key of stored) assertBytes(await bytesAt(component, key), text(key))
    },
  },
}

async function hostileText(): Promise<Arbitrary<string>> {
  const { array, constantFrom, oneof, string } = await import('fast-check')
  const pieces = array(constantFrom(...PIECES), { minLength: 1, maxLength: 10 }).map((all) => all.join(''))
  const paths = array(constantFrom(...PIECES), { minLength: 1, maxLength: 6 }).map((all) => all.join('/'))
  return oneof(pieces, paths, string({ unit: 'binary', minLength: 1, maxLength: 20 }))
}

/** Puts an object whose key is allowed; a store that cannot keep it apart from others says so in words of Cairn. */
async function isTaken(store: ArtifactStore, key: string): Promise<boolean> {
  try {
    await store.put(key, text(key))
    return true
  } catch (error) {
    assert.ok(isCairnError(error), `${key} is refused with ${String(error)}`)
    return false
  }
}

async function assertNamesOne(component: ArtifactStore, other: ArtifactStore, key: string): Promise<void> {
  if (!(await isTaken(component, key))) return
  assertBytes(await bytesAt(other, key), text(key))
  assert.deepEqual(await keysUnder(other, ''), [key])
  await component.delete(key)
  assert.equal(await other.stat(key), undefined)
}
