import { describe, expect, it } from 'vitest'

import { temporaryProject, type ProjectFiles, type TemporaryProject } from '../project/temporary-project.ts'

const SECRET = 'sk-7f3a9c-very-secret'

/** A step that says everything it knows, everywhere it can. */
const MAIN = `import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const ask = step({ name: 'ask', output: z.array(z.string()), secrets: ['SERVICE_TOKEN'], cache: false }).implement((_, context) => {
  const token = context.secrets.SERVICE_TOKEN
  context.log.info('token ' + token)
  context.metadata({ token })
  context.progress(0.5, token)
  if (process.env.FAIL) throw new Error('refused ' + token)
  return [String(token.length), process.env.PLAIN ?? 'none']
})
const run = await pipeline({ name: 'asking', build: () => ask() }).run()
console.log('RESULT ' + JSON.stringify(await run.result.load()))
`

const LENGTH = String(SECRET.length)

function project(files: ProjectFiles): TemporaryProject {
  return temporaryProject({ 'main.ts': MAIN, ...files })
}

describe('--env-file', () => {
  it('sets what is not set, later files over earlier ones, as Node does', async () => {
    using own = project({ 'a.env': `SERVICE_TOKEN=${SECRET}\nPLAIN=a\n`, 'b.env': '# later\nPLAIN="b"\n' })
    const args = ['--env-file', 'a.env', '--env-file', 'b.env']
    const node = ['--env-file', 'a.env', '--env-file', 'b.env', 'main.ts']

    expect(await own.run('main.ts', { args })).toMatchObject({ code: 0, result: [LENGTH, 'b'] })
    expect(await own.run('main.ts', { args, env: { PLAIN: 'set' } })).toMatchObject({ result: [LENGTH, 'set'] })
    const asNode = await own.execute([process.execPath, ...node]).ended
    expect(asNode).toMatchObject({ code: 0, result: [LENGTH, 'b'] })
  })

  it('is refused where the file is not there', async () => {
    using own = project({})

    const run = await own.run('main.ts', { args: ['--env-file', '.env'] })

    // Some versions of Node look for the option behind the script, too, and end by themselves.
    expect(run.code).toBeGreaterThan(1)
    expect(run).toMatchObject({ stdout: '', steps: [] })
    expect(run.stderr).toMatch(
      /^CAIRN_CONFIG_MISSING: --env-file needs the file \.env: it is not there\.|\.env: not found/,
    )
  })

  it.each([
    ['completes', {}, 0],
    ['fails', { FAIL: 'yes' }, 1],
  ])('gives secrets that are shown and kept nowhere when the step %s', async (_, env, code) => {
    using own = project({ 'x.env': `SERVICE_TOKEN=${SECRET}\n` })

    const run = await own.run('main.ts', { args: ['--env-file', 'x.env'], env })

    expect(run.code).toBe(code)
    expect(run.stdout).toContain('token ***')
    expect(`${run.stdout}${run.stderr}`).not.toContain(SECRET)
    expect(own.filesWith('.cairn', SECRET)).toEqual([])
  })
})

describe('envFile of cairn.yaml', () => {
  it.each([
    ['cairn run', false],
    ['node', true],
  ])('is read by %s, from the folder of cairn.yaml', async (_, node) => {
    using own = project({
      'cairn.yaml': 'envFile: [.env, local.env, not-there.env]\n',
      '.env': `SERVICE_TOKEN=${SECRET}\nPLAIN=env\n`,
      'local.env': 'PLAIN=local\n',
      'below/x': '',
    })

    const run = await own.run('../main.ts', { node, cwd: 'below' })

    expect(run).toMatchObject({ code: 0, result: [LENGTH, 'local'] })
    expect(own.filesWith('.cairn', SECRET)).toEqual([])
  })

  it('gives way to --env-file, and both to what is set', async () => {
    using own = project({
      'cairn.yaml': 'envFile: .env\n',
      '.env': `SERVICE_TOKEN=${SECRET}\nPLAIN=env\n`,
      'ci.env': 'PLAIN=ci\n',
    })
    const args = ['--env-file', 'ci.env']

    expect(await own.run('main.ts', { args })).toMatchObject({ code: 0, result: [LENGTH, 'ci'] })
    expect(await own.run('main.ts', { args, env: { PLAIN: 'set' } })).toMatchObject({ result: [LENGTH, 'set'] })
  })
})
