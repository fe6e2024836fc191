import { expect, it } from 'vitest'

import { describeError, CairnError } from '../errors/cairn-error.ts'
import { errorStacks } from '../errors/error-stacks.ts'
import { errorRecord } from '../records/error-record.ts'
import { hideSecret, withoutSecrets } from './known-secrets.ts'

it('hides what it was told, in every form in which it is printed', () => {
  expect(withoutSecrets('a s3cr/et b')).toBe('a s3cr/et b')
  hideSecret('s3cr/et')
  hideSecret('other "quoted" one')
  expect(withoutSecrets('a s3cr/et b https://x/?key=s3cr%2Fet')).toBe('a *** b https://x/?key=***')
  expect(withoutSecrets(JSON.stringify({ a: 'other "quoted" one' }))).toBe('{"a":"***"}')
})

it('is used wherever an error becomes text', () => {
  hideSecret('hidden-value')
  const cause = new Error('401 for hidden-value')
  const error = new CairnError({ code: 'X', message: 'no: hidden-value', hint: 'not hidden-value', cause })
  const texts = [JSON.stringify(errorRecord(error)), describeError(error), errorStacks(error)]
  for (const text of [...texts, JSON.stringify(errorRecord('hidden-value'))]) {
    expect(text).toContain('***')
    expect(text).not.toContain('hidden-value')
  }
})
