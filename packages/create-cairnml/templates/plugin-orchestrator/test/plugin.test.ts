import assert from 'node:assert/strict'
import { test } from 'node:test'

import plugin from '../src/plugin.ts'

test('the plugin supplies an orchestrator', () => {
  assert.equal(plugin.name, 'acme')
  assert.deepEqual(
    plugin.components.map(({ port }) => port),
    ['orchestrator'],
  )
})

test('the options are checked', async () => {
  const schema = await plugin.components[0]?.options?.()
  assert.ok(schema !== undefined)
  const isValid = async (options: object): Promise<boolean> =>
    (await schema['~standard'].validate(options)).issues === undefined
  assert.equal(await isValid({ concurrency: 2 }), true)
  assert.equal(await isValid({ concurrency: 0 }), false)
  assert.equal(await isValid({ concurency: 2 }), false)
})
