import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import { TemporaryProject, temporaryProject } from '../project/temporary-project.ts'

/** A Node of this machine that is too old for Cairn. */
function oldNode(): string | undefined {
  const folders = new Set([...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/local/bin', '/usr/bin'])
  return [...folders]
    .map((folder) => path.join(folder, 'node'))
    .find((node) => {
      if (!existsSync(node)) return false
      const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
      return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 24) < 24
    })
}

/** The command as it is installed, without anything that it needs later. */
function bareCommand(project: TemporaryProject): string {
  const bin = project.path('node_modules/cairnml/bin/cairn.js')
  cpSync(path.dirname(CAIRN_BIN), path.dirname(bin), { recursive: true })
  cpSync(path.join(CAIRN_BIN, '../../package.json'), project.path('node_modules/cairnml/package.json'))
  project.write({ 'package.json': '{ "type": "module" }' })
  return bin
}

const node = oldNode()

describe.skipIf(node === undefined)('under a Node that is too old, a program', () => {
  it.each([
    ['imports cairnml', [], `import 'cairnml'\n`],
    ['imports the client', [], `import 'cairnml/client'\n`],
    ['is loaded by cairnml/register', ['--import', 'cairnml/register'], ''],
  ])('that %s says so in one line and ends with 2', async (_, flags, text) => {
    using project = temporaryProject({ 'main.mjs': text })

    const refused = await project.execute([node ?? '', ...flags, 'main.mjs']).ended

    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^CAIRN_NODE_TOO_OLD: Node \d+\.\d+\.\d+ is too old: Cairn needs Node 24[^\n]*\n$/)
  })
})

describe.skipIf(node === undefined)('under a Node that is too old, the command', () => {
  it('says so in one line and ends with 2', async () => {
    using project = new TemporaryProject()
    const bin = bareCommand(project)

    const refused = await project.execute([node ?? '', bin, 'run', 'pipeline.ts']).ended

    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^CAIRN_NODE_TOO_OLD: Node \d+\.\d+\.\d+ is too old: Cairn needs Node 24[^\n]*\n$/)
  })

  it('uses the package `node` that the project brings, and passes arguments and exit code on', async () => {
    using project = new TemporaryProject()
    const bin = bareCommand(project)
    project.write({
      'node_modules/node/package.json': '{ "name": "node", "version": "24.11.0" }',
      'node_modules/@cairnml/loader/package.json':
        '{ "name": "@cairnml/loader", "type": "module", "exports": { "./compiled": "./compiled.js" } }',
      'node_modules/@cairnml/loader/compiled.js': 'export function useCompileCache() {}',
      'node_modules/@cairnml/cli/package.json': '{ "name": "@cairnml/cli", "type": "module", "exports": "./index.js" }',
      'node_modules/@cairnml/cli/index.js': `export async function main(argv) {
  console.log('RESULT ' + JSON.stringify([process.version, argv]))
  return 7
}
`,
    })
    mkdirSync(project.path('node_modules/node/bin'))
    symlinkSync(process.execPath, project.path('node_modules/node/bin/node'))
    writeFileSync(project.path('pipeline.ts'), '')

    const passed = await project.execute([node ?? '', bin, 'run', 'a file.ts', '--param', 'a=b c']).ended

    expect(passed).toMatchObject({
      code: 7,
      stderr: '',
      result: [process.version, ['run', 'a file.ts', '--param', 'a=b c']],
    })
  })
})
