import { describe, expect, it } from 'vitest'

import { temporaryProject, type CommandResult, type TemporaryProject } from '../project/temporary-project.ts'

const FILES = {
  // Node reads this one itself, and the compiler the other.
  'stripped.ts': 'export const one: number = 1\nexport const two: number =\n  = 3\n',
  'compiled.ts': 'export enum A {\n  One = 1,\n}\nexport const two: number = = 3\n',
  'imports-stripped.ts': `import { two } from './stripped'\nconsole.log(two)\n`,
  'imports-compiled.ts': `import { two } from './compiled'\nconsole.log(two)\n`,
  'decorated.ts': 'const seen = (_: unknown) => {}\n@seen\nexport class A {}\n',
  'missing.ts': `import { a } from './nowhere'\nconsole.log(a)\n`,
  'data.json': '{ "a": }\n',
  'imports-data.ts': `import data from './data.json'\nconsole.log(data)\n`,
  'failing.ts':
    'enum A {\n  One = 1,\n}\n\ninterface B {\n  readonly a: A\n}\n\nthrow new RangeError(`no luck ${A.One}`)\n',
}

function register(project: TemporaryProject, file: string): Promise<CommandResult> {
  return project.execute([process.execPath, '--import', 'cairnml/register', file]).ended
}

describe('TypeScript that cannot be loaded', () => {
  it.each([
    ['imports-stripped.ts', /^CAIRN_FILE_FAILED: .*SyntaxError: .*\(stripped\.ts:3\)\.\n/],
    ['imports-compiled.ts', /^CAIRN_FILE_FAILED: .*SyntaxError: .*\(compiled\.ts:4:\d+\)\.\n/],
    ['decorated.ts', /^CAIRN_FILE_FAILED: .*decorated\.ts.*experimentalDecorators/],
    ['imports-data.ts', /^CAIRN_FILE_FAILED: .*data\.json.*not JSON/],
  ])('is refused with a code and its place, by cairn run and by the loader of node: %s', async (file, message) => {
    using project = temporaryProject(FILES)
    for (const refused of [await project.run(file), await register(project, file)]) {
      expect(refused, refused.stderr).toMatchObject({ code: 2, stdout: '' })
      expect(refused.stderr).toMatch(message)
      expect(refused.stderr).not.toMatch(/^\s+at /m)
    }
  })

  it('names what is imported and not there as Node does', async () => {
    using project = temporaryProject(FILES)
    const refused = await project.run('missing.ts')
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.stderr).toMatch(/^CAIRN_FILE_FAILED: .*Cannot find module.*nowhere/)
  })
})

describe('an error of a file that was compiled', () => {
  it('names its line', async () => {
    using project = temporaryProject(FILES)
    expect((await project.run('failing.ts')).stderr).toMatch(/RangeError: no luck 1 \(failing\.ts:9:\d+\)/)
    expect((await register(project, 'failing.ts')).stderr).toMatch(/RangeError: no luck 1\n\s+at .*failing\.ts:9:\d+/)
  })
})
