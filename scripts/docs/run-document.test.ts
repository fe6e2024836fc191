import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { runDocument, type DocumentReport } from './run-document.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-document-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function report(markdown: string): Promise<DocumentReport> {
  const document = join(folder, 'guide.md')
  await writeFile(document, markdown)
  const { problems, ...counts } = await runDocument({ document, project: join(folder, 'project') })
  return { ...counts, problems: problems.map((problem) => problem.replace(folder, '')) }
}

// The scripts are run by sh, and documents are checked on Linux.
describe.runIf(process.platform !== 'win32')('runDocument', () => {
  it('runs scripts over the files of the document, in order', async () => {
    const markdown = [
      "```ts greet.ts\nimport { z } from 'zod'\nconsole.log(z.string().parse('hello'))\n```",
      '```sh run\nnode greet.ts\n```\n```text\nhello\n```',
      "```ts greet.ts\nconsole.log('bye', 12)\n```",
      '```sh run\nnode greet.ts\n```\n```text\nbye …\n```',
    ].join('\n\n')
    expect(await report(markdown)).toEqual({ ran: 2, checked: 1, problems: [] })
  })

  it('points type errors into the document', async () => {
    const { problems } = await report('Text\n\n<!-- snippet\nlet a = 1\n-->\n```ts\na = 2\na = "x"\n```\n')
    expect(problems).toEqual([expect.stringContaining("/guide.md:8: error TS2322: Type 'string'")])
  })

  it('reports output that differs', async () => {
    const { problems } = await report('```sh run\necho one\n```\n\n```text\ntwo\n```\n')
    expect(problems).toEqual([expect.stringMatching(/^\/guide\.md:2: printed something else[^]*two[^]*one/)])
  })

  it('reports an exit code other than the expected one', async () => {
    const { problems } = await report('```sh run\nexit 3\n```\n\n```sh run exit=3\nexit 3\n```\n')
    expect(problems).toEqual([expect.stringMatching(/^\/guide\.md:2: exited with 3, not 0/)])
  })

  it('stops a script at its first failing command', async () => {
    const { problems } = await report('```sh run\nfalse\necho after\n```\n')
    expect(problems).toEqual([expect.stringMatching(/exited with 1/)])
    expect(problems[0]).not.toContain('after')
  })

  it('makes no project for a document without snippets', async () => {
    expect(await report('# Only prose\n')).toEqual({ ran: 0, checked: 0, problems: [] })
  })
})
