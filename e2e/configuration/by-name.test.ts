import { describe, expect, it } from 'vitest'

import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const pipelineFile = (name: string): string => `import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'

ran('loading ${name}')
const make = step({ name: 'make_${name}', output: z.string() }).implement(() => '${name}')
export const defined = pipeline({ name: '${name}', build: () => make() })
`

function project(): TemporaryProject {
  return temporaryProject({
    'cairn.yaml': "pipelines: ['src/**/*.pipeline.ts', single.ts]\n",
    'src/train.pipeline.ts': pipelineFile('train'),
    'src/deep/evaluate.pipeline.ts': `// train is another one\n${pipelineFile('evaluate')}`,
    'src/other.ts': pipelineFile('train'),
    'single.ts': pipelineFile('single'),
    'computed.ts': '',
  })
}

describe('cairn run <name>', () => {
  it('runs the pipeline of that name and loads no other file', async () => {
    using own = project()

    const run = await own.cairn(['run', 'train'])
    const below = await own.cairn(['run', 'evaluate'], { cwd: 'src/deep' })
    const single = await own.cairn(['run', 'single', '--plan'])

    expect(run).toMatchObject({ code: 0, stderr: '', steps: ['loading train'] })
    expect(run.stdout).toContain('Registered pipeline train (version 1).\n')
    expect(below).toMatchObject({ code: 0, stderr: '', steps: ['loading evaluate'] })
    expect(single).toMatchObject({ code: 0, stderr: '' })
  })

  it('refuses a name that several files define, and lists them', async () => {
    using own = project()
    own.write({ 'src/again.pipeline.ts': pipelineFile('train') })

    const run = await own.cairn(['run', 'train'])

    expect(run).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(run.stderr).toMatch(
      /^CAIRN_PIPELINE_FILES: .*"train": src[/\\]again\.pipeline\.ts, src[/\\]train\.pipeline\.ts\./,
    )
  })

  it('refuses a name that no file defines, with the nearest and with files whose names are not clear', async () => {
    using own = project()
    own.write({ 'src/made.pipeline.ts': pipelineFile('x').replace("name: 'x'", 'name: process.env.NAME') })

    const run = await own.cairn(['run', 'trian'])

    expect(run).toMatchObject({ code: 2, stdout: '', steps: [] })
    expect(run.stderr).toMatch(/^CAIRN_PIPELINE_UNLISTED: .*"trian"\. Did you mean "train"\?.*made\.pipeline\.ts/)
  })

  it('prefers a file of that name, and takes paths for paths', async () => {
    using own = project()
    own.write({ copy: 'nothing' })

    expect((await own.cairn(['run', 'copy'])).stderr).toMatch(/^CAIRN_FILE_FAILED: The file copy/)
    expect((await own.cairn(['run', './train'])).stderr).toMatch(/^CAIRN_FILE_MISSING: /)
    expect((await own.cairn(['run', 'train.ts'])).stderr).toMatch(/^CAIRN_FILE_MISSING: /)
    own.write({ 'cairn.yaml': '' })
    expect((await own.cairn(['run', 'train'])).stderr).toMatch(/^CAIRN_FILE_MISSING: /)
  })

  it('is understood by commands that load a file, with the variables of the project set before', async () => {
    using own = project()
    own.write({
      'cairn.yaml': "pipelines: ['src/**/*.pipeline.ts']\nenvFile: .env\n",
      '.env': 'NEEDED=yes\n',
      'src/train.pipeline.ts': `if (process.env.NEEDED !== 'yes') throw new Error('too early')\n${pipelineFile('train')}`,
    })
    await own.cairn(['run', 'train'])

    const verified = await own.cairn(['cache', 'verify', 'train', '--sample', '100%'])
    const accepted = await own.cairn(['cache', 'accept', 'train', 'make_train', '--dry-run'])

    expect(verified).toMatchObject({ code: 0, stderr: '' })
    expect(verified.stdout).toContain('make_train')
    expect(accepted.stderr).not.toMatch(/too early|CAIRN_FILE/)
  })
})
