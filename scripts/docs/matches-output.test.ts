import { describe, expect, it } from 'vitest'

import { matchesOutput } from './matches-output.ts'

describe('matchesOutput', () => {
  it.each([
    ['the same text', 'a\nb', 'a\nb\n'],
    ['space at the ends of lines', 'a\nb', 'a  \nb\n\n'],
    ['an ellipsis for a part of a line', 'finished in …s.', 'finished in 0.014s.\n'],
    ['several ellipses in a line', 'Creating run …-… for', 'Creating run first-2026 for\n'],
    ['a line of an ellipsis for several lines', 'a\n…\nd', 'a\nb\nc\nd\n'],
    ['a line of an ellipsis for no line', 'a\n…\nd', 'a\nd\n'],
    ['a last ellipsis for the rest', 'a\n…', 'a\nb\nc\n'],
    ['characters that mean something in a pattern', 'f(x) = [1.5]*', 'f(x) = [1.5]*\n'],
    ['nothing for nothing', '', ''],
  ])('accepts %s', (_, expected, actual) => {
    expect(matchesOutput(expected, actual)).toBe(true)
  })

  it.each([
    ['another line', 'a', 'b'],
    ['a line too many', 'a', 'a\nb'],
    ['a line too few', 'a\nb', 'a'],
    ['an ellipsis in a line for a line break', 'a … c', 'a b\nb c'],
    ['a dot for any character', 'a.c', 'abc'],
  ])('refuses %s', (_, expected, actual) => {
    expect(matchesOutput(expected, actual)).toBe(false)
  })
})
