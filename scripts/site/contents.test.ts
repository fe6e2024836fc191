import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { groups, sidebars } from './contents.ts'

describe('groups', () => {
  it('takes the pages below each heading, in lists and tables', () => {
    const markdown =
      '# Title\n\n[a](a.md)\n\n## First\n\n- [B](b.md): text\n\n## Second\n| [C](c.md) | x |\n| [D](d.md) |\n'
    expect(groups(markdown, '/errors/')).toEqual([
      { text: 'First', items: [{ text: 'B', link: '/errors/b' }] },
      {
        text: 'Second',
        items: [
          { text: 'C', link: '/errors/c' },
          { text: 'D', link: '/errors/d' },
        ],
      },
    ])
  })

  it('leaves out headings without pages, and links to other places', () => {
    expect(groups('## Empty\n\n[x](https://example.org/x.md) [y](#y) [z](../z.md)\n', '/')).toEqual([])
  })
})

describe('sidebars', () => {
  let docs: string

  beforeEach(async () => {
    docs = await mkdtemp(path.join(tmpdir(), 'cairn-contents-'))
    await mkdir(path.join(docs, 'errors'))
    await writeFile(
      path.join(docs, 'README.md'),
      '# Docs\n\n## Start\n\n- [One](one.md)\n- [Errors](errors/README.md)\n',
    )
    await writeFile(path.join(docs, 'errors/README.md'), '# Errors\n\n## Running\n\n| [CAIRN_X](CAIRN_X.md) | why |\n')
    await writeFile(path.join(docs, 'one.md'), '# One\n')
  })

  afterEach(() => rm(docs, { recursive: true }))

  it('lists pages that the table of contents forgot at the end, by their titles', async () => {
    await writeFile(path.join(docs, 'two.md'), '# The second page\n')
    expect(sidebars(docs)['/']).toEqual([
      {
        text: 'Start',
        items: [
          { text: 'One', link: '/one' },
          { text: 'Errors', link: '/errors/' },
        ],
      },
      { text: 'More', items: [{ text: 'The second page', link: '/two' }] },
    ])
  })

  it('has errors by their areas, below the way back', () => {
    expect(sidebars(docs)['/errors/']?.map(({ text }) => text)).toEqual(['Cairn', 'Running'])
    expect(sidebars(docs)['/']?.map(({ text }) => text)).toEqual(['Start'])
  })
})
