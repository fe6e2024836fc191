import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hideCredentials } from './hide-credentials.ts'

describe('hideCredentials', () => {
  it.each([
    ['GET https://me:hunter2@example.org/s3.tgz - 404', 'GET https://***@example.org/s3.tgz - 404'],
    ['npm install git+https://token@example.org/a.git', 'npm install git+https://***@example.org/a.git'],
    ['git+ssh://git@example.org/a.git', 'git+ssh://git@example.org/a.git'],
    ['//example.org/:_authToken=abc', '//example.org/:_authToken=***'],
    ['_password = "abc"', '_password = "***"'],
    ['authorization: Bearer abcdefgh', 'authorization: Bearer ***'],
    ['it is npm_abcdefghijklmnopqrstuvwxyz0123456789', 'it is ***'],
    ['npm install @cairnml/plugin-s3@1.2.0', 'npm install @cairnml/plugin-s3@1.2.0'],
  ])('of %s leaves %s', (text, hidden) => {
    expect(hideCredentials(text)).toBe(hidden)
  })

  it('leaves no password of a URL', () => {
    const secret = fc.stringMatching(/^[A-Z0-9!$&'()*+,;=%-]{8,40}$/)
    fc.assert(
      fc.property(secret, fc.stringMatching(/^[a-z]{0,8}$/), (password, user) => {
        expect(hideCredentials(`GET https://${user}:${password}@example.org/ failed`)).not.toContain(password)
      }),
    )
  })
})
