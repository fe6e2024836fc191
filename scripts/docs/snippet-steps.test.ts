import { describe, expect, it } from 'vitest'

import { snippetSteps } from './snippet-steps.ts'

describe('snippetSteps', () => {
  it('writes blocks that name a file, whatever their language', () => {
    const steps = snippetSteps('```ts src/main.ts\na\n```\n```yaml stacks/ci.yaml\nb: 1\n```')
    expect(steps).toEqual([
      { kind: 'file', line: 2, path: 'src/main.ts', code: 'a\n', hiddenLines: 0 },
      { kind: 'file', line: 5, path: 'stacks/ci.yaml', code: 'b: 1\n', hiddenLines: 0 },
    ])
  })

  it('gives TypeScript without a file name a file of its own, with the hidden prelude in front', () => {
    const [step] = snippetSteps("<!-- snippet\nimport 'x'\nimport 'y'\n-->\n```ts\na()\n```")
    expect(step).toMatchObject({ path: 'snippet-at-line-6.ts', code: "import 'x'\nimport 'y'\na()\n", hiddenLines: 2 })
  })

  it('leaves out what is marked no-check, other languages, and shell blocks that are not marked run', () => {
    expect(snippetSteps('```ts no-check\na\n```\n```js\nb\n```\n```sh\nrm -rf x\n```\n```text\nc\n```')).toEqual([])
  })

  it('runs shell blocks against the text block that follows', () => {
    const [step] = snippetSteps('```sh run\nnode a.ts\n```\n\nIt prints:\n\n```text\nhello\n```')
    expect(step).toEqual({ kind: 'run', line: 2, script: 'node a.ts', exitCode: 0, expected: 'hello' })
  })

  it.each([
    ['a heading comes first', '```sh run\nls\n```\n## Next\n```text\nhello\n```'],
    ['the text is marked no-check', '```sh run\nls\n```\n```text no-check\nhello\n```'],
    ['another block comes first', '```sh run\nls\n```\n```json\n{}\n```\n```text\nhello\n```'],
  ])('expects no output when %s', (_, markdown) => {
    expect(snippetSteps(markdown)[0]).toMatchObject({ kind: 'run', expected: undefined })
  })

  it('takes the exit code from the fence', () => {
    expect(snippetSteps('```sh run exit=2\nfalse\n```')[0]).toMatchObject({ exitCode: 2 })
  })

  it('does not write outside the project', () => {
    expect(snippetSteps('```yaml ../x.yaml\na\n```\n```json /etc/x.json\na\n```')).toEqual([])
  })
})
