import { expect, it } from 'vitest'

import { stackLine } from './stack-line.ts'

it('writes a component as a stack file does', () => {
  expect(stackLine('artifactStore', 's3')).toBe('artifactStore: { use: s3 }')
  expect(stackLine('orchestrator', '@acme/stores#cold')).toBe("orchestrator: { use: '@acme/stores#cold' }")
  expect(stackLine('cacheIndex', 'redis')).toBe('cachePolicy: { use: content, index: { use: redis } }')
})

it('leaves a place for each option that a stack has to give', () => {
  const options = {
    required: ['bucket', 'key'],
    properties: { bucket: { type: 'string' }, key: { type: 'string', secret: true }, prefix: { type: 'string' } },
  }
  expect(stackLine('artifactStore', 's3', options)).toBe("artifactStore: { use: s3, bucket: …, key: '${env:NAME}' }")
})
