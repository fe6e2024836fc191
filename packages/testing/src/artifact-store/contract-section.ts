import assert from 'node:assert/strict'

import { collectBytes, collectItems } from '../fixtures/bytes.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, text } from './stored-bytes.ts'

/** What the five methods promise of small objects. */
export const CONTRACT_SECTION: ArtifactStoreSection = {
  title: 'contract',
  tests: {
    'has a name, a type and the capabilities that the suite was told': async ({ component, options }) => {
      assert.ok(component.name.length > 0)
      assert.ok(component.type.length > 0)
      assert.deepEqual({ ...component.capabilities }, { ...options.capabilities })
    },

    'gives back the bytes that were put': async ({ component, other }) => {
      await component.put('runs/a/result.json', text('one'))
      assertBytes(await bytesAt(other, 'runs/a/result.json'), text('one'))
    },

    'knows nothing of an object that was never put': async ({ component }) => {
      await component.put('runs/a/result.json', text('one'))
      for (const key of ['runs/b/result.json', 'runs/a', 'runs/a/result.json/x', 'other']) {
        assert.equal(await component.get(key), undefined)
        assert.equal(await component.stat(key), undefined)
      }
    },

    'keeps an empty object apart from none': async ({ component }) => {
      await component.put('empty', new Uint8Array(0))
      assert.equal((await component.stat('empty'))?.size, 0)
      assertBytes(await bytesAt(component, 'empty'), text(''))
    },

    'says key, size and time in put, stat and list alike': async ({ component, other }) => {
      const { written, ...info } = await component.put('a/b', text('four'))
      assert.equal(written, true)
      assert.equal(info.key, 'a/b')
      assert.equal(info.size, 4)
      assert.ok(info.lastModifiedMs > 0)
      assert.deepEqual(await other.stat('a/b'), info)
      assert.deepEqual(await collectItems(component.list('a/b')), [info])
    },

    'replaces an object by a shorter one': async ({ component, other }) => {
      await component.put('a', text('a long text'))
      assert.equal((await component.put('a', text('short'))).written, true)
      assertBytes(await bytesAt(other, 'a'), text('short'))
      assert.equal((await other.stat('a'))?.size, 5)
    },

    'removes an object': async ({ component, other }) => {
      await component.put('a/b', text('one'))
      await component.put('a/c', text('two'))
      await component.delete('a/b')
      assert.equal(await other.stat('a/b'), undefined)
      assert.equal(await other.get('a/b'), undefined)
      assertBytes(await bytesAt(other, 'a/c'), text('two'))
    },

    'removes nothing but the object': async ({ component, other }) => {
      const others = ['k/a.b', 'k/a-', 'k/aa', 'k/b', 'ka']
      for (const key of ['k/a', ...others]) await component.put(key, text(key))
      await component.delete('k/a')
      await component.delete('k')
      for (const key of others) assertBytes(await bytesAt(other, key), text(key))
    },

    'shows to those who read before that it was replaced or removed': async ({ component, other }) => {
      const seen = async (): Promise<readonly (readonly unknown[])[]> =>
        Promise.all(
          [component, other].map(async (store) => [
            (await bytesAt(store, 'a'))?.toString(),
            (await store.stat('a'))?.size,
            (await collectItems(store.list(''))).map(({ key, size }) => `${key} ${size}`),
          ]),
        )
      await component.put('a', text('one'))
      for (const view of await seen()) assert.deepEqual(view, ['one', 3, ['a 3']])
      await component.put('a', text('second'))
      for (const view of await seen()) assert.deepEqual(view, ['second', 6, ['a 6']])
      await component.delete('a')
      for (const view of await seen()) assert.deepEqual(view, [undefined, undefined, []])
    },

    'does not mind the removal of what is not there': async ({ component }) => {
      await component.delete('never/there')
      await component.put('a/b', text('one'))
      await component.delete('a/b')
      await component.delete('a/b')
      await component.delete('a')
    },

    'takes an object again after its removal': async ({ component }) => {
      await component.put('a/b/c', text('one'))
      await component.delete('a/b/c')
      await component.put('a/b/c', text('two'))
      assertBytes(await bytesAt(component, 'a/b/c'), text('two'))
    },

    'keeps its bytes when a reader changes what it got': async ({ component }) => {
      await component.put('a', text('one'))
      const read = await component.get('a')
      assert.ok(read !== undefined)
      for await (const chunk of read) chunk.fill(0)
      assertBytes(await bytesAt(component, 'a'), text('one'))
    },

    'keeps keys apart that differ in one character': async ({ component }) => {
      const keys = ['k/a', 'k/b', 'k/a.b', 'k/a-', 'k/a0', 'k/aa', 'l/a']
      for (const key of keys) await component.put(key, text(key))
      for (const key of keys) assertBytes(await bytesAt(component, key), text(key))
    },

    'gives an object as often as it is asked for': async ({ component }) => {
      await component.put('a', text('one'))
      const [first, second] = [await component.get('a'), await component.get('a')]
      assert.ok(first !== undefined && second !== undefined)
      assertBytes(await collectBytes(second), await collectBytes(first))
    },
  },
}
