import assert from 'node:assert/strict'
import { test } from 'node:test'

import plugin from '../src/plugin.ts'

test('the plugin supplies a cache index', () => {
  assert.equal(plugin.name, 'acme')
  assert.deepEqual(
    plugin.components.map(({ port }) => port),
    ['cacheIndex'],
  )
})
