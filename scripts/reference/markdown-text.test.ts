import { describe, expect, it } from 'vitest'

import { table, withCode } from './markdown-text.ts'

describe('withCode', () => {
  it.each([
    ['Dots reach into objects: --param style.loud=true.', 'Dots reach into objects: `--param style.loud=true`.'],
    ['The same as --cache off', 'The same as `--cache off`'],
    ['needs --yes or --dry-run', 'needs `--yes` or `--dry-run`'],
    ['last~1 or <pipeline>@last; {{date}}', 'last~1 or `<pipeline>@last`; `{{date}}`'],
    ['what `cairn run --report` wrote', 'what `cairn run --report` wrote'],
    ['like params.*,metrics.* or params.<name>', 'like params.\\*,metrics.\\* or `params.<name>`'],
    ['nothing of that kind', 'nothing of that kind'],
  ])('writes "%s" as Markdown', (text, markdown) => {
    expect(withCode(text)).toBe(markdown)
  })
})

describe('table', () => {
  it('has a line per row, and is not there without rows', () => {
    expect(table(['A', 'B'], [['1', '2']])).toBe('| A | B |\n| --- | --- |\n| 1 | 2 |')
    expect(table(['A'], [])).toBe('')
  })

  it('keeps a bar inside of its cell', () => {
    expect(table(['A'], [['`a|b`']])).toBe('| A |\n| --- |\n| `a\\|b` |')
  })
})
