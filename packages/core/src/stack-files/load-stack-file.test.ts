import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { isCairnError } from '../errors/cairn-error.ts'
import { loadStackFile, type FileStack } from './load-stack-file.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-stacks-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function load(file: string, files: Readonly<Record<string, string>>): Promise<FileStack> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(nodePath.dirname(nodePath.join(dir, name)), { recursive: true })
    await writeFile(nodePath.join(dir, name), text)
  }
  return loadStackFile(nodePath.join(dir, file), 'ci')
}

const problem = async (text: string, others: Readonly<Record<string, string>> = {}): Promise<string> => {
  const error: unknown = await load('ci.yaml', { 'ci.yaml': text, ...others }).catch((fault: unknown) => fault)
  return isCairnError(error) ? `${error.code} ${error.message}` : 'no error'
}

describe('a stack file', () => {
  it('is a stack of the components that it names', async () => {
    const { definition } = await load('ci.yaml', {
      'ci.yaml': 'artifactStore: { use: local, path: /mnt }\ncachePolicy: { use: content, index: { use: sqlite } }\n',
    })
    expect(definition).toEqual({
      name: 'ci',
      artifactStore: { use: 'local', path: '/mnt' },
      cachePolicy: { use: 'content', index: { use: 'sqlite' } },
    })
  })

  it('may be JSON, or empty', async () => {
    const json = await load('ci.json', { 'ci.json': '{ "orchestrator": { "use": "local" } }' })
    expect(json.definition).toEqual({ name: 'ci', orchestrator: { use: 'local' } })
    expect((await load('none.yaml', { 'none.yaml': '' })).definition).toEqual({ name: 'ci' })
  })

  it('extends another one, whose components it replaces as a whole', async () => {
    const { definition, files, place } = await load('ci.yaml', {
      'ci.yaml': 'extends: base/a.yaml\nartifactStore: { use: local }\n',
      'base/a.yaml': 'extends: ../b.json\nartifactStore: { use: s3, bucket: a }\norchestrator: { use: local }\n',
      'b.json': '{ "orchestrator": { "use": "other" },\n  "metadataStore": { "use": "sqlite" } }',
    })
    expect(definition).toEqual({
      name: 'ci',
      orchestrator: { use: 'local' },
      artifactStore: { use: 'local' },
      metadataStore: { use: 'sqlite' },
    })
    expect(files.map((file) => nodePath.basename(file))).toEqual(['ci.yaml', 'a.yaml', 'b.json'])
    expect(place(['artifactStore', 'use'])).toMatch(/ci\.yaml:2:23$/)
    expect(place(['orchestrator', 'use'], 'key')).toMatch(/a\.yaml:3:17$/)
    expect(place(['metadataStore'])).toMatch(/b\.json:2:20$/)
  })

  it.each([
    ['extends: ci.yaml\n', {}, /ci\.yaml:1:10: it extends itself/],
    [
      'extends: a.yaml\n',
      { 'a.yaml': 'extends: ./ci.yaml\n' },
      /a\.yaml:1:10: it extends itself: \S*ci\.yaml extends \S*a\.yaml extends \S*ci\.yaml/,
    ],
    [
      'extends: no.yaml\n',
      {},
      /CAIRN_CONFIG_MISSING "extends" \(.*ci\.yaml:1:10\) needs the file .*no\.yaml: it is not/,
    ],
    ['extends: [a.yaml]\n', {}, /ci\.yaml:1:10: "extends" is \["a\.yaml"\]: expected the path of a stack file/],
    ['extends: ${env:HOME}/a.yaml\n', {}, /ci\.yaml:1:10: .*expected the path of a stack file/],
    [
      'artefactStore: { use: s3 }\n',
      {},
      /ci\.yaml:1:1: there is no "artefactStore" here\. Did you mean "artifactStore"\?/,
    ],
    ['name: x\n', {}, /ci\.yaml:1:1: there is no "name" here\. It can be .*extends/],
    ['artifactStore: local\n', {}, /ci\.yaml:1:16: "artifactStore" is "local": expected an object like \{ use/],
    ['artifactStore:\n  path: x\n', {}, /ci\.yaml:1:1: "artifactStore\.use" is missing: expected an object like/],
    [
      'artifactStore: { use: "${env:X}" }\n',
      {},
      /ci\.yaml:1:23: "artifactStore\.use" is .*expected the name of a plugin/,
    ],
    ['cachePolicy: { use: content, index: sqlite }\n', {}, /ci\.yaml:1:37: "cachePolicy\.index" is "sqlite"/],
  ])('is refused with its place: %j', async (text, others, message) => {
    expect(await problem(text, others)).toMatch(message)
  })

  it('never fails in another way, whatever is in it', async () => {
    const token = fc.constantFrom(
      'use',
      ':',
      ' ',
      '\n',
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '!!js/function',
      '<<',
      '- ',
      '?',
      '|',
      '"',
      "'",
      '#',
      '${env:HOME}',
      '__proto__',
      'artifactStore',
      'extends',
      '\t',
      '\u0000',
      '%YAML 1.1',
      '---',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(token, fc.string({ maxLength: 4 })), { maxLength: 40 }), async (parts) => {
        const file = nodePath.join(dir, 'fuzz.yaml')
        await writeFile(file, parts.join(''))
        const result = await loadStackFile(file, 'fuzz').catch((error: unknown) => error)
        const isStack = typeof result === 'object' && result !== null && 'definition' in result
        expect(isStack || isCairnError(result)).toBe(true)
        expect(Object.getPrototypeOf(isStack ? result.definition : {})).toBe(Object.prototype)
      }),
      { numRuns: 300 },
    )
  })
})
