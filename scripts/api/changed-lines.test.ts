import { expect, it } from 'vitest'

import { changedLines } from './changed-lines.ts'

it('lists the lines that only one text has, and those that it has more often', () => {
  expect(changedLines('a\nb\nb\nc', 'a\nb\nd')).toEqual(['- b', '- c', '+ d'])
})

it('finds nothing in equal texts', () => {
  expect(changedLines('a\nb', 'a\nb')).toEqual([])
})
