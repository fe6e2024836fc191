import { describe, expect, it } from 'vitest'

import { changedStackText, newStackText } from './stack-text.ts'

describe('the text of a stack file', () => {
  it('names its schema and has a component per line', () => {
    expect(newStackText({ artifactStore: { use: 's3', bucket: 'b' }, extends: './base.yaml' }, 'ci.yaml')).toBe(
      '# yaml-language-server: $schema=../.cairn/stack.schema.json\n\nextends: ./base.yaml\nartifactStore: { use: s3, bucket: b }\n',
    )
    expect(JSON.parse(newStackText({ orchestrator: { use: 'local' } }, 'ci.json'))).toEqual({
      $schema: '../.cairn/stack.schema.json',
      orchestrator: { use: 'local' },
    })
  })

  it('puts what an alias means in its place where the anchor goes', () => {
    const text = 'metadataStore: &db { use: sqlite } # ours\ncachePolicy: { use: content, index: *db }\n'
    const index = 'cachePolicy: { use: content, index: { use: sqlite } }\n'
    expect(changedStackText(text, 'ci.yaml', { metadataStore: { use: 'other' } })).toBe(
      `metadataStore: { use: other } # ours\n${index}`,
    )
    expect(changedStackText(text, 'ci.yaml', { metadataStore: undefined })).toBe(index)
    expect(changedStackText(text, 'ci.yaml', { orchestrator: { use: 'local' } })).toContain('index: *db')
  })

  it('keeps its comments when something in it is changed', () => {
    const text = `# The stack of the team.
extends: ./base.yaml # shared

# Where results lie.
artifactStore: # ours
  use: s3
  bucket: a # first
orchestrator: { use: local } # one machine
# The end.
`
    const changed = changedStackText(text, 'ci.yaml', {
      artifactStore: undefined,
      orchestrator: { use: 'other', workers: 4 },
      metadataStore: { use: 'sqlite' },
    })
    expect(changed).toBe(`# The stack of the team.
extends: ./base.yaml # shared
orchestrator: { use: other, workers: 4 } # one machine
metadataStore: { use: sqlite }

# The end.
`)
  })

  it('keeps comments also where nothing else is left', () => {
    const text = '# first\n\n# second\norchestrator: { use: local }\n# last\n'
    expect(changedStackText(text, 'ci.yaml', { orchestrator: undefined })).toBe('# first\n\n# second\n# last\n')
  })

  it('keeps the ends of its lines', () => {
    const text = '# mine\r\norchestrator: { use: local }\r\n'
    const changed = '# mine\r\norchestrator: { use: other }\r\n'
    expect(changedStackText(text, 'ci.yaml', { orchestrator: { use: 'other' } })).toBe(changed)
    expect(changedStackText('{\r\n"a": 1 }', 'ci.json', { a: 2 })).toBe('{\r\n  "a": 2\r\n}\r\n')
  })

  it.each([
    ['artifactStore: { use: "x', /ci\.yaml:\d+:\d+: Missing closing "quote/],
    ['- one\n- two\n', /ci\.yaml:1:1: it is not an object/],
    ['only text', /ci\.yaml:1:1: it is not an object/],
    ['a: 1\n---\nb: 2\n', /ci\.yaml:\d+:\d+: /],
  ])('is refused where nothing of it could be kept: %j', (text, message) => {
    const change = (): string => changedStackText(text, 'ci.yaml', { orchestrator: { use: 'local' } })
    expect(change).toThrow(expect.objectContaining({ code: 'CAIRN_CONFIG_INVALID' }))
    expect(change).toThrow(message)
  })

  it('may be empty but for comments before, and JSON stays JSON', () => {
    expect(changedStackText('# nothing yet\n', 'ci.yaml', { orchestrator: { use: 'local' } })).toContain(
      '# nothing yet\n',
    )
    expect(
      changedStackText('{ "extends": "./a.json" }', 'ci.json', { extends: undefined, orchestrator: { use: 'x' } }),
    ).toBe('{\n  "orchestrator": {\n    "use": "x"\n  }\n}\n')
  })
})
