import { describe, expect, it } from 'vitest'

import { ROOT } from '../repository/repository.ts'
import { rewriteLink } from './rewrite-link.ts'

const rewritten = (href: string, document = 'docs/reference.md'): string => rewriteLink({ href, document, root: ROOT })

describe('rewriteLink', () => {
  it('keeps links between pages', () => {
    expect(rewritten('configuration.md#the-project-cairnyaml')).toBe('configuration.md#the-project-cairnyaml')
  })

  it('makes the README of a folder its index', () => {
    expect(rewritten('errors/README.md#exit-codes')).toBe('errors/index.md#exit-codes')
    expect(rewritten('../README.md', 'docs/errors/CAIRN_INPUT_TYPE.md')).toBe('../index.md')
  })

  it('points to the repository for files that are no pages', () => {
    expect(rewritten('../CONTRIBUTING.md#code')).toBe('https://github.com/cairnml/cairn/blob/main/CONTRIBUTING.md#code')
    expect(rewritten('../packages/core/')).toBe('https://github.com/cairnml/cairn/tree/main/packages/core')
  })

  it('leaves other sites, anchors and places of the site alone', () => {
    for (const href of ['https://example.org/x.md', '#options', '/errors/', 'mailto:a@example.org']) {
      expect(rewritten(href)).toBe(href)
    }
  })

  it('refuses a link to a file that is not there', () => {
    expect(() => rewritten('nowhere.md#x')).toThrow('docs/reference.md links to nowhere.md#x')
  })
})
