import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { HttpSource, type Page } from '../project/http-source.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'
import { OUTSIDE_MAIN, OUTSIDE_SUBJECT } from './outside-project.ts'
import { OUTSIDE_ROWS } from './outside-rows-data.ts'
import { describeRows } from './table-row.ts'

describeRows('between two runs with something else outside', OUTSIDE_SUBJECT, OUTSIDE_ROWS)

describe('`expires`: that step when the time is over', () => {
  it('an entry that is too old is made again, and that is said', async () => {
    using project = OUTSIDE_SUBJECT.make()
    const { env = {} } = OUTSIDE_SUBJECT
    await project.run(OUTSIDE_MAIN, { env, args: ['--name', 'first'] })
    project.edit(OUTSIDE_MAIN, "'1h'", "'1ms'")

    const rerun = await project.run(OUTSIDE_MAIN, { env })

    expect(rerun).toMatchObject({ stderr: '', code: 0, steps: ['expiring'] })
    expect(rerun.stdout).toContain('\nStep expiring runs: entry expired (made by run first).\n')
  })
})

describe('no value of a variable or secret', () => {
  it('is in any file below .cairn', async () => {
    using project = OUTSIDE_SUBJECT.make()
    const env = { ...OUTSIDE_SUBJECT.env, API_TOKEN: 'token-zxq', SERVICE_KEY: 'key-zxq', NOISE: 'loud' }

    const first = await project.run(OUTSIDE_MAIN, { env })

    expect(first).toMatchObject({ stderr: '', code: 0 })
    expect(first.stdout).toContain(
      '\nStep keyedUp reads SERVICE_KEY, which by its name is a secret: it does not count for caching. ' +
        'Declare it in secrets.\n',
    )
    expect(project.filesWith('.cairn', 'zxq')).toEqual([])
  })
})

describe('declared URL changed: that step', () => {
  let source: HttpSource
  let base: TemporaryProject
  const tagged = (tag: string, body = 'a'): Page => ({ body, headers: { etag: `"${tag}"` } })
  const dated = (day: number, body = 'a'): Page => ({
    body,
    headers: { 'last-modified': `Thu, 0${day} Jan 2026 00:00:00 GMT` },
  })

  beforeAll(async () => {
    source = await new HttpSource().start()
    base = urlProject(['/tagged?pass=word', '/dated', '/plain'].map((page) => source.url(page)))
    reset()
    expect(await base.run('main.ts')).toMatchObject({ stderr: '', code: 0, steps: ['dated', 'plain', 'tagged'] })
  })

  afterAll(async () => {
    base[Symbol.dispose]()
    await source[Symbol.asyncDispose]()
  })

  function reset(): void {
    source.pages.set('/tagged', tagged('1')).set('/dated', dated(1)).set('/plain', { body: 'a' })
  }

  it.each<[what: string, path: string, page: Page, reruns: string[]]>([
    ['nothing reruns nothing', '/plain', { body: 'a' }, []],
    ['another ETag reruns its step', '/tagged', tagged('2', 'b'), ['tagged']],
    ['another Last-Modified reruns its step', '/dated', dated(2, 'b'), ['dated']],
    ['another body where there is neither reruns its step', '/plain', { body: 'b' }, ['plain']],
    ['another time of the answer reruns nothing', '/plain', { body: 'a', headers: { 'x-request': '7' } }, []],
  ])('%s', async (_, path, page, reruns) => {
    using project = base.copy()
    reset()
    source.pages.set(path, page)

    expect(await project.run('main.ts')).toMatchObject({ stderr: '', code: 0, steps: reruns })
    expect(await project.run('main.ts')).toMatchObject({ stderr: '', code: 0, steps: [] })
  })

  it('a URL is named without what could be secret where its change is explained', async () => {
    using project = base.copy()
    reset()
    await project.run('main.ts', { args: ['--name', 'before'] })
    source.pages.set('/tagged', tagged('3'))

    const plan = await project.run('main.ts', { args: ['--plan'] })
    const rerun = await project.run('main.ts')

    const reason = new RegExp(`url ${RegExp.escape(source.url('/tagged'))} changed \\(against run \\S+\\)`)
    expect(plan.stdout).toMatch(reason)
    expect(rerun.stdout).toMatch(reason)
    expect(plan.stdout).not.toContain('word')
  })

  it('a URL that cannot be read fails its step, and nothing old is used', async () => {
    using project = base.copy()
    reset()
    source.pages.delete('/plain')

    const failed = await project.run('main.ts')

    expect(failed).toMatchObject({ code: 1, steps: [] })
    expect(failed.stdout).toMatch(/\nStep plain has failed after .*: CAIRN_DECLARED_URL .*404/)
    expect(failed.stdout).not.toContain('Step plain has started.')
    expect(failed.stderr).toContain('\nMake the URL reachable from here, or declare `expires`')
    const explained = await project.cairn(['explain', 'plain'])
    expect(explained.stdout).toMatch(/^plain failed before it started: CAIRN_DECLARED_URL Step "plain" .*404\.$/m)
  })
})

function urlProject(urls: readonly string[]): TemporaryProject {
  const steps = urls.map((url) => {
    const name = new URL(url).pathname.slice(1)
    return `const ${name} = step({ name: '${name}', urls: ['${url}'], output: z.string() }).implement(async () => {
  ran('${name}')
  return (await fetch('${url}')).text()
})`
  })
  return temporaryProject({
    'main.ts': `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

${steps.join('\n')}
await pipeline({ name: 'urls', build: () => [tagged(), dated(), plain()] }).run()
`,
  })
}
