import { expect, it } from 'vitest'

import { stackLine } from './stack-line.ts'

it('writes a component as a stack file does', () => {
  expect(stackLine('artifactStore', 's3')).toBe('artifactStore: { use: s3 }')
  expect(stackLine('orchestrator', '@acme/stores#cold')).toBe("orchestrator: { use: '@acme/stores#cold' }")
  expect(stackLine('cacheIndex', 'redis')).toBe('cachePolicy: { use: content, index: { use: redis } }')
})
