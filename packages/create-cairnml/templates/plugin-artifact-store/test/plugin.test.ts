import assert from 'node:assert/strict'
import { test } from 'node:test'

import plugin from '../src/plugin.ts'

test('the plugin supplies an artifact store', () => {
  assert.equal(plugin.name, 'acme')
  assert.deepEqual(
    plugin.components.map(({ port }) => port),
    ['artifactStore'],
  )
})

test('the options are checked', async () => {
  const schema = await plugin.components[0]?.options?.()
  assert.ok(schema !== undefined)
  const isValid = async (options: object): Promise<boolean> =>
    (await schema['~standard'].validate(options)).issues === undefined
  assert.equal(await isValid({ path: 'objects' }), true)
  assert.equal(await isValid({ path: '' }), false)
  assert.equal(await isValid({ pth: 'objects' }), false)
})
