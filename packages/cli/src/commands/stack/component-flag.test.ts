import fc from 'fast-check'
import { isCairnError } from '@cairnml/core'
import { STACK_PORTS } from '@cairnml/core/stack-files'
import { describe, expect, it } from 'vitest'

import { componentChanges, parseComponent } from './component-flag.ts'

describe('a component on the command line', () => {
  it.each([
    ['local', { use: 'local' }],
    ['s3 bucket=b retries=3 public=false', { use: 's3', bucket: 'b', retries: 3, public: false }],
    [
      '@acme/stores#cold key.file=key.txt tls.on=true tls.ca="a b"',
      {
        use: '@acme/stores#cold',
        key: { file: 'key.txt' },
        tls: { on: true, ca: 'a b' },
      },
    ],
    ['  ./my-store.ts   token=${env:TOKEN} ', { use: './my-store.ts', token: '${env:TOKEN}' }],
    ['s3 note="say \\"hi\\""', { use: 's3', note: 'say "hi"' }],
    ['s3 a=1 a.b=2', { use: 's3', a: { b: 2 } }],
  ])('%s is a plugin and its options', (given, component) => {
    expect(parseComponent(given, '--artifact-store')).toEqual(component)
  })

  it.each([
    ['', 'CAIRN_COMMAND_USAGE'],
    ['bucket=b', 'CAIRN_COMMAND_USAGE'],
    ['s3 use=local', 'CAIRN_COMMAND_USAGE'],
    ['s3 bucket', 'CAIRN_COMMAND_USAGE'],
    ['s3 __proto__.x=1', 'CAIRN_PARAMETER_SYNTAX'],
  ])('%j is refused', (given, code) => {
    expect(() => parseComponent(given, '--artifact-store')).toThrow(expect.objectContaining({ code }))
  })

  it('is plain data or a coded error, whatever is given', () => {
    const word = fc.constantFrom('s3', ' ', '=', '.', '"', '\\', '__proto__', 'constructor', 'a', '{', '1')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        try {
          expect(Object.getPrototypeOf(parseComponent(words.join(''), '--x'))).toBe(Object.prototype)
        } catch (error) {
          if (!isCairnError(error)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })

  it('has the name that it has in a stack file', () => {
    expect(componentChanges({ 'artifact-store': 'local', 'cache-policy': 'content', extends: './a.yaml' })).toEqual({
      artifactStore: { use: 'local' },
      cachePolicy: { use: 'content' },
      extends: './a.yaml',
    })
  })
})

it('every component of a stack has an option', () => {
  const given = {
    orchestrator: 'a',
    'artifact-store': 'b',
    'metadata-store': 'c',
    'cache-policy': 'd',
    provenance: 'e',
    extends: './f.yaml',
  }
  expect(Object.keys(componentChanges(given)).toSorted()).toEqual(['extends', ...STACK_PORTS].toSorted())
})
