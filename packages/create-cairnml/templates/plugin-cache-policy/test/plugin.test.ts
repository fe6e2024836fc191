import assert from 'node:assert/strict'
import { test } from 'node:test'

import plugin from '../src/plugin.ts'

test('the plugin supplies a cache policy', () => {
  assert.equal(plugin.name, 'acme')
  assert.deepEqual(
    plugin.components.map(({ port }) => port),
    ['cachePolicy'],
  )
})

test('the options are checked', async () => {
  const schema = await plugin.components[0]?.options?.()
  assert.ok(schema !== undefined)
  const isValid = async (options: object): Promise<boolean> =>
    (await schema['~standard'].validate(options)).issues === undefined
  assert.equal(await isValid({ release: '2026.1' }), true)
  assert.equal(await isValid({ release: '' }), false)
  assert.equal(await isValid({ relaese: '2026.1' }), false)
})
