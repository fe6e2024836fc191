import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { siteProblems } from './check-site.ts'

describe('siteProblems', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cairn-site-'))
    await mkdir(path.join(folder, 'docs/errors'), { recursive: true })
    await mkdir(path.join(folder, 'site/errors'), { recursive: true })
    for (const file of ['README.md', 'a.md', 'errors/README.md']) await writeFile(path.join(folder, 'docs', file), '')
    await page('errors/index.html', 'Errors', '<a href="../a.html">a</a>')
    await page('a.html', 'A', '<h2 id="part">Part</h2> <a href="/">home</a>')
    await page('index.html', 'Home', '<a href="./a.html#part">a</a> <a href="https://example.org/gone">x</a>')
  })

  afterEach(() => rm(folder, { recursive: true }))

  const page = (file: string, title: string, body: string): Promise<void> =>
    writeFile(path.join(folder, 'site', file), `<title>${title}</title><body>${body}</body>`)
  const problems = (base = '/'): readonly string[] =>
    siteProblems({ site: path.join(folder, 'site'), docs: path.join(folder, 'docs'), base })

  it('finds nothing wrong with pages that lead to one another', () => {
    expect(problems()).toEqual([])
  })

  it('names documents that have no page', async () => {
    await rm(path.join(folder, 'site/errors/index.html'))
    expect(problems()).toEqual(['errors/index.html was not built.'])
  })

  it('names links to pages, files and anchors that are not there', async () => {
    await page('a.html', 'A', '<a href="./gone.html">x</a> <img src="/gone.svg"> <a href="/errors/#gone">y</a>')
    expect(problems()).toEqual([
      'a.html links to ./gone.html, which is not there.',
      'a.html links to /gone.svg, which is not there.',
      'a.html links to /errors/#gone, which is not there.',
      'index.html links to ./a.html#part, which is not there.',
    ])
  })

  it('counts places from the base of the site', async () => {
    expect(problems('/cairn/')).toEqual(['a.html links to /, which is not there.'])
    await page('a.html', 'A', '<h2 id="part">Part</h2> <a href="/cairn/errors/">errors</a>')
    expect(problems('/cairn/')).toEqual([])
  })

  it('names pages with one title', async () => {
    await page('errors/index.html', 'A', '')
    expect(problems()).toEqual(['The title "A" is that of a.html, errors/index.html.'])
  })

  it('does not take what stands in comments and scripts for links', async () => {
    await page('errors/index.html', 'Errors', '<!-- <a href="x.html"> --><script>\'<a href="y.html">\'</script>')
    expect(problems()).toEqual([])
  })
})
