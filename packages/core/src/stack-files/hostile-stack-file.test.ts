import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { isCairnError } from '../errors/cairn-error.ts'
import { loadStackFile, type FileStack } from './load-stack-file.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-hostile-'))
  mkdirSync(nodePath.join(dir, 'stacks'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const load = (text: string | Uint8Array, name = 'stacks/ci.yaml'): Promise<FileStack> => {
  const file = nodePath.join(dir, name)
  writeFileSync(file, text)
  return loadStackFile(file, 'ci')
}

async function problem(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isCairnError(error)) throw error ?? new Error('It was taken.')
  expect(error.message.length).toBeLessThan(3000)
  return `${error.code} ${error.message}`
}

const LAUGHS = ['a: &a [x, x, x, x, x, x, x, x, x]']
for (const [before, name] of ['a b', 'b c', 'c d', 'd e', 'e f', 'f g', 'g h', 'h i'].map((pair) => pair.split(' '))) {
  LAUGHS.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`)
}
const inOptions = (text: string): string => `artifactStore:\n  use: local\n  ${text.replaceAll('\n', '\n  ')}\n`

describe('a stack file that is made to harm', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['aliases of aliases', inOptions(LAUGHS.join('\n')), /more than 20000 values/],
    ['an alias of what it is in', inOptions('a: &a [*a]'), /nested more than 40 levels|anchor|too deeply/],
    ['lists in lists', `artifactStore: ${'['.repeat(100_000)}`, /CAIRN_CONFIG_INVALID/],
    ['objects in objects', `artifactStore: ${'{a: '.repeat(30_000)}`, /CAIRN_CONFIG_INVALID/],
    [
      'blocks in blocks',
      Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /CAIRN_CONFIG/,
    ],
    ['dashes', `artifactStore:\n${'- '.repeat(60_000)}x`, /CAIRN_CONFIG_INVALID/],
    ['question marks', '? '.repeat(60_000), /CAIRN_CONFIG_INVALID/],
    ['one alias many times', inOptions(`a: &a [x]\nb: [${'*a, '.repeat(30_000)}]`), /more than 20000 values/],
    ['many names', Array.from({ length: 12_000 }, (_, i) => `k${i}: 1`).join('\n'), /CAIRN_CONFIG_INVALID/],
    ['many documents', '---\n'.repeat(30_000), /CAIRN_CONFIG_INVALID/],
    ['a merge key', 'base: &b { use: local }\nartifactStore: { <<: *b }\n', /merge keys \(<<\) are not supported/],
    ['a name given twice', 'artifactStore: { use: local, use: s3 }\n', /:1:30: "use" is given twice/],
    ['a name given twice in quotes', 'artifactStore: { use: local, "use": s3 }\n', /"use" is given twice/],
    ['a tag of code', 'artifactStore: !!js/function "x"\n', /CAIRN_CONFIG_INVALID/],
    ['a tag of its own', 'artifactStore: !local { use: local }\n', /CAIRN_CONFIG_INVALID/],
    ['__proto__', 'artifactStore: { use: local, __proto__: { a: 1 } }\n', /cannot be named "__proto__"/],
    ['a name that is no text', 'artifactStore: { use: local, [a]: 1 }\n', /name of a property is not text/],
    ['NUL', 'artifactStore: { use: "lo\0cal" }\n', /:1:26: it holds a control character/],
    ['an escaped NUL', 'artifactStore: { use: "lo\\0cal" }\n', /"artifactStore\.use" is/],
    ['what drives a terminal', 'artifactStore: { use: "\u001b[2J" }\n', /it holds a control character/],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe, 0x61, 0x00), /it is not UTF-8 text/],
    ['more than anybody writes', `# ${'x'.repeat(128 * 1024)}\n`, /larger than 131072 bytes/],
    ['a directive that is not known', '%EVIL yes\n---\nartifactStore: { use: local }\n', /CAIRN_CONFIG_INVALID/],
    ['a variable as what it extends', 'extends: ${env:HOME}/a.yaml\n', /expected the path of a stack file/],
    ['a variable in use', 'artifactStore: { use: "./${env:HOME}.ts" }\n', /expected the name of a plugin/],
    ['NUL as what it extends', 'extends: "a\\0.yaml"\n', /expected the path of a stack file/],
    ['a folder as what it extends', 'extends: .\n', /it is a folder/],
    ['a very long name as what it extends', `extends: ${'x'.repeat(1000)}\n`, /CAIRN_CONFIG_MISSING/],
  ])('is refused with a code: %s', async (_what, text, message) => {
    expect(await problem(load(text))).toMatch(message)
  })

  it('is read as any other with a byte order mark', async () => {
    const { definition } = await load('\uFEFFartifactStore: { use: local }\n')
    expect(definition).toEqual({ name: 'ci', artifactStore: { use: 'local' } })
  })

  it('cannot extend files for ever', async () => {
    for (let i = 0; i < 30; i++) writeFileSync(nodePath.join(dir, `stacks/s${i}.yaml`), `extends: s${i + 1}.yaml\n`)
    expect(await problem(load('extends: s0.yaml\n'))).toMatch(/more than 20 files extend one another/)
  })

  it.skipIf(process.platform === 'win32')('cannot make the reader wait or read for ever', async () => {
    execFileSync('/usr/bin/mkfifo', [nodePath.join(dir, 'stacks/pipe.yaml')])
    symlinkSync('/dev/zero', nodePath.join(dir, 'stacks/zero.yaml'))
    symlinkSync('loop.yaml', nodePath.join(dir, 'stacks/loop.yaml'))
    expect(await problem(load('extends: pipe.yaml\n'))).toMatch(/pipe\.yaml: it is not a regular file/)
    expect(await problem(load('extends: zero.yaml\n'))).toMatch(/zero\.yaml: it is not a regular file/)
    expect(await problem(load('extends: loop.yaml\n'))).toMatch(/CAIRN_CONFIG_MISSING.*loop\.yaml/)
  })
})

describe('what a stack file extends', () => {
  it.each(['../shared/base.yaml', 'link.yaml', 'absolute'])('may be anywhere: %s', async (path) => {
    mkdirSync(nodePath.join(dir, 'shared'))
    const base = nodePath.join(dir, 'shared/base.yaml')
    writeFileSync(base, 'artifactStore: { use: local, path: x }\n')
    symlinkSync(base, nodePath.join(dir, 'stacks/link.yaml'))
    const { definition } = await load(`extends: ${JSON.stringify(path === 'absolute' ? base : path)}\n`)
    expect(definition.artifactStore).toEqual({ use: 'local', path: 'x' })
  })

  it('is the same file through a link, which it cannot extend in turn', async () => {
    symlinkSync('ci.yaml', nodePath.join(dir, 'stacks/link.yaml'))
    expect(await problem(load('extends: link.yaml\n'))).toMatch(/it extends itself/)
  })
})
