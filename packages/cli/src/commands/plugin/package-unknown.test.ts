import { describe, expect, it } from 'vitest'

import { isPackageUnknown } from './package-unknown.ts'

const NAME = '@cairnml/plugin-s4'
const URL_OF_IT = 'http://127.0.0.1:4873/@cairnml%2Fplugin-s4'

describe('isPackageUnknown', () => {
  it.each([
    ['npm', `npm error code E404\nnpm error 404  The requested resource '${NAME}@*' could not be found or you do not`],
    ['npm 10', `npm error code E404\nnpm error 404  '${NAME}@*' is not in this registry.`],
    [
      'pnpm',
      `  ╰─▶ Failed to fetch metadata from http://127.0.0.1:4873/@cairnml%2Fplugin-\n      s4: HTTP status client error (404 Not Found) for url`,
    ],
    ['pnpm 10', ` ERR_PNPM_FETCH_404  GET ${URL_OF_IT}: Not Found - 404`],
    [
      'Yarn',
      `➤ YN0035: Package not found\n➤ YN0035:   Response Code: 404 (Not Found)\n➤ YN0035:   Request URL: ${URL_OF_IT}\n`,
    ],
    ['Yarn 1', `error Error: ${URL_OF_IT}: no such package available`],
    ['Bun', `error: GET ${URL_OF_IT} - 404`],
  ])('knows what %s says of a package that is not there', (_manager, output) => {
    expect(isPackageUnknown(NAME, output)).toBe(true)
    expect(isPackageUnknown('@cairnml/plugin-s', output)).toBe(false)
    expect(isPackageUnknown('cairnml-plugin-s4', output)).toBe(false)
  })

  it.each([
    [
      'a login',
      `Failed to resolve the latest version of ${NAME}: Failed to fetch metadata from ${URL_OF_IT}: HTTP status client error (401 Unauthorized)`,
    ],
    ['a version', `npm error notarget No matching version found for ${NAME}@7.`],
    [
      'what it depends on',
      `npm error 404  The requested resource 'missing@1' could not be found\nnpm error 404 It was specified as a dependency of '${NAME}'`,
    ],
    ['a registry', `request to ${URL_OF_IT} failed, reason: connect ECONNREFUSED 127.0.0.1:4873`],
  ])('takes a message about %s for something else', (_about, output) => {
    expect(isPackageUnknown(NAME, output)).toBe(false)
  })
})
