import type { RemovalProposal } from '@cairnml/engine'
import { describe, expect, it, vi } from 'vitest'

import { doneText, hasWork, proposalText, questionText } from './removal-text.ts'

vi.stubEnv('NO_COLOR', '1')

const NOTHING: RemovalProposal = {
  entries: [],
  bytes: 0,
  orphans: { objects: 0, bytes: 0 },
  kept: { entries: 2, bytes: 5_000_000 },
  liveRuns: [],
  results: [],
  sweepsOrphans: true,
}

const ENTRY: RemovalProposal['entries'][number] = {
  id: '0193'.repeat(8),
  kind: 'reusable',
  step: 'train',
  key: '3f2a91c05b7e'.padEnd(64, '0'),
  size: 1_200_000_000,
  shared: 0,
  savesMs: 1000,
  reuses: 2,
  madeAt: 0,
  lastUsedAt: 0,
  producer: { user: 'ann', host: 'laptop' },
  run: { id: 'run-1', name: 'nightly', pipeline: 'p' },
}

const ONE: RemovalProposal = { ...NOTHING, entries: [{ ...ENTRY, reason: 'age' }], bytes: 1_200_000_000 }

describe('the texts of a removal', () => {
  it('say that there is nothing to do', () => {
    expect(hasWork(NOTHING)).toBe(false)
    expect(proposalText(NOTHING, { dryRun: false })).toBe('There is nothing to remove.\n')
    expect(proposalText(NOTHING, { dryRun: true })).toBe('There is nothing to remove.\n')
  })

  it('show what would go and why', () => {
    const [titles, row, ...rest] = proposalText(ONE, { dryRun: true }).split('\n')
    expect(titles).toMatch(/^STEP {3}KEY +SIZE +LAST USED {2}MADE BY +WHY$/)
    expect(row).toMatch(/^train {2}3f2a91c05b7e {2}1\.2 GB +\d+ d ago {2}ann@laptop, run nightly {2}not used for long$/)
    expect(rest).toEqual(['This would remove 1 entry, 1.2 GB.', ''])
  })

  it('ask plainly, with what it means for past runs', () => {
    expect(questionText(ONE)).toBe(
      'Remove 1 entry, 1.2 GB? Past runs stay listed, but these outputs of theirs can no longer be loaded.',
    )
    const orphans = { objects: 3, bytes: 2000 }
    expect(questionText({ ...ONE, orphans })).toMatch(
      /^Remove 1 entry, 1\.2 GB, and 2\.0 kB that nothing refers to\? Past/,
    )
    expect(questionText({ ...NOTHING, orphans })).toBe('Remove 2.0 kB that nothing refers to?')
  })

  it('say where the size is not reached, and that runs hold content back', () => {
    expect(proposalText(NOTHING, { dryRun: false, maxBytes: 1_000_000 })).toContain(
      '5.0 MB are left, more than 1.0 MB: --keep-last keeps 2 entries.\n',
    )
    expect(proposalText({ ...ONE, liveRuns: ['nightly'] }, { dryRun: false })).toContain(
      'Run nightly is going on: content stays where it is until then.\n',
    )
    expect(proposalText({ ...ONE, liveRuns: ['a', 'b'] }, { dryRun: false })).toContain('2 runs are going on: ')
  })

  it('show a hundred entries at most', () => {
    const many = { ...NOTHING, entries: Array.from({ length: 130 }, () => ENTRY) }
    const lines = proposalText(many, { dryRun: false }).trimEnd().split('\n')
    expect(lines).toHaveLength(102)
    expect(lines.at(-1)).toBe('... and 30 more')
  })

  it('say what was done, and what was held back', () => {
    const swept = { objects: 2, bytes: 1500 }
    expect(doneText({ entries: 2, swept })).toBe('Removed 2 entries and 1.5 kB of content.\n')
    expect(doneText({ entries: 2, swept: { ...swept, heldBack: { because: 'runs', runs: ['nightly'] } } })).toContain(
      '\nRun nightly is going on, so content that is left stays. Afterwards `cairn cache prune` removes it once',
    )
    const heldBack = { because: 'unknown-results', objects: ['cache/x'] } as const
    expect(doneText({ entries: 2, swept: { ...swept, heldBack } })).toContain('cache/x was written by a newer Cairn')
  })
})
