import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { publicUrl } from './public-url.ts'

describe('the public address of a remote', () => {
  it.each([
    ['https://github.com/team/x.git', 'https://github.com/team/x.git'],
    ['https://ghp_secret@github.com/team/x.git', 'https://github.com/team/x.git'],
    ['https://ada:secret@github.com:8443/x?a=secret#secret', 'https://github.com:8443/x'],
    ['ssh://git:secret@example.org:22/x.git', 'ssh://example.org:22/x.git'],
    ['git@github.com:team/x.git', 'github.com:team/x.git'],
    ['secret@example.org:x.git?secret', 'example.org:x.git'],
    ['/srv/git/x.git', '/srv/git/x.git'],
    [String.raw`C:\git\x`, String.raw`C:\git\x`],
    ['../x.git', '../x.git'],
    ['ext::ssh -i secret %S', undefined],
    ['https://[secret', undefined],
    ['sec\u001b[31mret', undefined],
    ['odd://secret@x/y', undefined],
  ])('of %s is %s', (remote, told) => {
    expect(publicUrl(remote)).toBe(told)
  })

  it('never holds what stands before the host, or after ? and #', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.~-]{1,8}$/)
    const scheme = fc.constantFrom('https://', 'http://', 'ssh://', 'git://', 'odd://', '')
    const separator = fc.constantFrom('/', ':')
    fc.assert(
      fc.property(scheme, word, separator, word, fc.constantFrom('?', '#'), (begin, host, between, place, mark) => {
        for (const user of ['S3CRET', 'x:S3CRET', 'S3CRET:x', 'a@S3CRET']) {
          const remote = `${begin}${user}@${host}${between}${place}${mark}S3CRET`
          expect(publicUrl(remote) ?? '').not.toContain('S3CRET')
        }
      }),
    )
  })
})
