import { expect, it } from 'vitest'

import { hasUnicode } from './unicode-terminal.ts'

it.each([
  [{}, true],
  [{ LANG: '' }, true],
  [{ LANG: 'de_DE.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LANG: 'C' }, false],
  [{ LANG: 'de_DE.ISO-8859-1' }, false],
  [{ LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, true],
  [{ TERM: 'linux', LANG: 'en_US.UTF-8' }, false],
])('a terminal of %j shows Unicode: %s', (variables, expected) => {
  expect(hasUnicode(variables, 'linux')).toBe(expected)
})

it('a console of Windows shows it where it is a new one', () => {
  expect(hasUnicode({ LANG: 'C' }, 'win32')).toBe(false)
  expect(hasUnicode({ WT_SESSION: 'x', LANG: 'C' }, 'win32')).toBe(true)
})
