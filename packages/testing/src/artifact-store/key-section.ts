import assert from 'node:assert/strict'

import { collectItems } from '../fixtures/bytes.ts'
import { expectCode } from '../suite/expect-error.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, keysUnder, text } from './stored-bytes.ts'

const HOSTILE = [
  '', '/', '.', '..', '../up', 'a/..', 'a/../b', 'a/../../up', './a', 'a/.', 'a/./b', '/absolute', 'a/', 'a//b',
  'a\\b', '..\\up', 'C:', 'C:\\x', 'a b', 'a\nb', 'a\0b', 'ä', 'a%2Fb', '%2e%2e/up', 'a?b', 'a#b', 'a*', '~', '$HOME',
  '@tmp/x', 'a:b', '\uff41', '\uff0e\uff0e/up', 'a\u2044b', '\u212a', 'x'.repeat(901), 'x/'.repeat(460) + 'x',
] // prettier-ignore

const ODD = [
  'a', '.hidden', 'a..b', '-', '-rf', '_', '=', '+', 'A-_=+.9', 'tmp/x', 'lock',
  Array.from({ length: 60 }, (_, depth) => `d${depth}`).join('/'),
  Array.from({ length: 9 }, () => 'x'.repeat(99)).join('/'),
] // prettier-ignore

/** Which keys are taken and which are refused. */
export const KEY_SECTION: ArtifactStoreSection = {
  title: 'keys',
  tests: {
    'refuses keys that could mean another place': async ({ component }) => {
      for (const key of HOSTILE) {
        await expectCode('CAIRN_STORE_KEY_INVALID', () => component.put(key, text('x')))
        await expectCode('CAIRN_STORE_KEY_INVALID', () => component.get(key))
        await expectCode('CAIRN_STORE_KEY_INVALID', () => component.stat(key))
        await expectCode('CAIRN_STORE_KEY_INVALID', () => component.delete(key))
      }
    },

    'reads nothing of the body of a refused key': async ({ component }) => {
      let read = false
      async function* body(): AsyncGenerator<Uint8Array> {
        read = true
        yield text('x')
      }
      await expectCode('CAIRN_STORE_KEY_INVALID', () => component.put('../up', body()))
      assert.equal(read, false)
    },

    'refuses prefixes that could mean another place': async ({ component }) => {
      for (const prefix of ['..', '../', 'a/../', '/', '/a', 'a//', 'a\\', 'a\0']) {
        await expectCode('CAIRN_STORE_KEY_INVALID', () => collectItems(component.list(prefix)))
      }
    },

    'takes every key that is allowed, however odd': async ({ component, other }) => {
      for (const key of ODD) await component.put(key, text(key))
      for (const key of ODD) assertBytes(await bytesAt(other, key), text(key))
      const listed = new Set(await keysUnder(other, ''))
      assert.deepEqual(
        ODD.filter((key) => !listed.has(key)),
        [],
      )
    },

    'harms nothing when a key is the folder of another': async ({ component }) => {
      await component.put('a', text('outer'))
      await component.put('a/b', text('inner')).catch(() => undefined)
      assertBytes(await bytesAt(component, 'a'), text('outer'))
      await component.put('x/y', text('inner'))
      await component.put('x', text('outer')).catch(() => undefined)
      assertBytes(await bytesAt(component, 'x/y'), text('inner'))
    },
  },
}
