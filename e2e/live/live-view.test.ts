import { describe, expect, it } from 'vitest'

import { storedRuns } from '../project/local-state.ts'
import { temporaryProject } from '../project/temporary-project.ts'
import { TerminalSession } from './terminal-session.ts'
import { manyStepsProject, trainingProject } from './training-project.ts'

const SPINNER = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/
const ESCAPE = '\u001B'
const UPDATE = new RegExp(`${ESCAPE}\\[\\?2026h.*?${ESCAPE}\\[\\?2026l`, 'gs')
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]*m`)

/** Rows that belong to what is painted over, in all that was ever on the screen. */
const painted = (rows: readonly string[]): readonly string[] =>
  rows.filter((row) => SPINNER.test(row) || / running {2}/.test(row))

const settled = (rows: readonly string[]): readonly string[] =>
  rows.map((row) => row.replaceAll(/\d+\.\d+s/g, '<time>').replaceAll(/-\d{4}_\S+\d{6}/g, '-<time>'))

describe.each([
  ['cairn run', ['run', 'main.ts']],
  ['node', undefined],
] as const)('a run on a terminal under %s', (_, args) => {
  it('shows steps side by side with their progress, and leaves the plain lines', async () => {
    using project = trainingProject()
    using session =
      args === undefined ? new TerminalSession(project, ['main.ts']) : TerminalSession.cairn(project, args)
    await session.shows(/said by the logger/)
    await session.shows(/^. left +\S+ +42%/)

    // Which of the two starts first is left open.
    expect(painted(session.history).toSorted()).toEqual([
      expect.stringMatching(/^ {2}1 of 4 steps, 2 running {2}\d\.\ds$/),
      expect.stringMatching(/^. left {2}━{8}─{12} {2}42% +\d\.\ds {2}epoch 42 of 100 with a text .*…$/),
      expect.stringMatching(/^. right {27,}\d\.\ds$/),
    ])
    expect(session.history.slice(-6, -3)).toEqual([
      '[right] right prints a line',
      '[right] and a warning in yellowwithout clearing',
      '[right] said by the logger',
    ])
    project.write({ go: '' })

    expect(await session.ended).toBe(0)
    const rows = settled(session.history)
    expect(painted(rows)).toEqual([])
    expect(rows.slice(0, 4)).toEqual([
      'Registered pipeline training (version 1).',
      'Creating run training-<time> for pipeline training (caching enabled)',
      'Using stack default to run pipeline training...',
      'Step load has finished in <time>.',
    ])
    // Nothing tells the steps apart where the other one has ended already.
    expect(rows.some((row) => /^(?:\[right\] )?an unfinished line$/.test(row))).toBe(true)
    expect(rows.slice(-4)).toEqual([
      'sum prints alone',
      'Step sum has finished in <time>.',
      'Pipeline run training-<time> has finished in <time>.',
      'the result is 5',
    ])
    // Nothing is written beside whole updates: no row is ever half there.
    expect(session.output.replaceAll(UPDATE, '')).toBe('the result is 5\r\n')
    expect(session.isCursorVisible).toBe(true)
  })
})

describe('a run on a terminal', () => {
  it('is cut where the terminal is narrow, and never wraps', async () => {
    using project = trainingProject()
    using session = TerminalSession.cairn(project, ['run', 'main.ts'], { columns: 36, rows: 40 })
    await session.shows(/^. left +42% +\d+\.\ds {2}epoch.*…$/)

    const { history } = session
    const rows = history.flatMap((row, index) => (painted([row]).length > 0 ? [index] : []))
    expect(rows).toHaveLength(3)
    expect(rows.map((row) => session.isWrapped(row + 1))).toEqual([false, false, false])
    for (const row of rows) expect(history[row]?.length).toBeLessThan(36)
    project.write({ go: '' })
    expect(await session.ended).toBe(0)
  })

  it('is painted afresh when the terminal changes its size', async () => {
    using project = trainingProject()
    using session = TerminalSession.cairn(project, ['run', 'main.ts'], { columns: 110 })
    await session.shows(/^. left +━{8}─{12}/)
    session.resize(60, 30)
    await session.shows(/^. left +━{4}─{6} /)
    expect(painted(session.history)).toHaveLength(3)
    session.resize(120, 20)
    await session.shows(/^. left +━{8}─{12}/)
    expect(painted(session.history)).toHaveLength(3)
    project.write({ go: '' })
    expect(await session.ended).toBe(0)
    expect(painted(session.history)).toEqual([])
  })

  it('shows at most as many steps as there are rows for, and loses none of 100', async () => {
    using project = manyStepsProject(100)
    using session = TerminalSession.cairn(project, ['run', 'main.ts'], { rows: 12 })
    await session.shows(/^ {2}and 92 more$/)
    expect(session.screen.filter((row) => SPINNER.test(row))).toHaveLength(8)
    expect(session.screen.at(-1)).toMatch(/^ {2}0 of 100 steps, 100 running/)
    project.write({ go: '' })

    expect(await session.ended).toBe(0)
    const finished = session.history.flatMap((row) => /^Step (many.*) has finished/.exec(row)?.[1] ?? [])
    expect(new Set(finished).size).toBe(100)
    expect(finished).toHaveLength(100)
    expect(session.history.filter((row) => /^(?:\[many.*\] )?prints \d+$/.test(row))).toHaveLength(100)
    expect(painted(session.history)).toEqual([])
  })

  it('shows a step before it keeps the thread busy', async () => {
    using project = temporaryProject({
      'main.ts': `import { existsSync } from 'node:fs'
import { pipeline, step } from 'cairnml'
const busy = step({ name: 'busy', cache: false }).implement(() => {
  const wait = new Int32Array(new SharedArrayBuffer(4))
  while (!existsSync('go')) Atomics.wait(wait, 0, 0, 20)
})
await pipeline({ name: 'p', build: () => busy() }).run()
`,
    })
    using session = new TerminalSession(project, ['main.ts'])
    await session.shows(/^. busy +\d\.\ds$/)
    project.write({ go: '' })
    expect(await session.ended).toBe(0)
  })

  it('reuses results without a frame that flashes up', async () => {
    using project = trainingProject()
    project.write({ go: '' })
    await project.run('main.ts')
    using session = TerminalSession.cairn(project, ['run', 'main.ts'])
    expect(await session.ended).toBe(0)
    expect(session.history).toContain('Using cached version of right.')
    expect(session.history).not.toContain('right prints a line')
  })

  it('colours nothing where NO_COLOR is set', async () => {
    using project = trainingProject()
    project.edit('pipeline.ts', '\\u001B[33m', '')
    project.edit('pipeline.ts', '\\u001B[0m\\u001B[2J', '')
    using session = TerminalSession.cairn(project, ['run', 'main.ts'], { env: { NO_COLOR: '1' } })
    await session.shows(/^. left +\S+ +42%/)
    project.write({ go: '' })
    expect(await session.ended).toBe(0)
    expect(session.output).not.toMatch(COLOUR)
  })

  it.each([
    ['with --no-live', ['--no-live'], {}],
    ['with --progress plain', ['--progress', 'plain'], {}],
    ['with CAIRN_PROGRESS=plain', [], { CAIRN_PROGRESS: 'plain' }],
    ['where CI is set', [], { CI: 'true' }],
    ['where TERM is dumb', ['--progress', 'live'], { TERM: 'dumb' }],
  ])('is plain lines %s', async (_, flags, env) => {
    using project = trainingProject()
    project.edit('pipeline.ts', '\\u001B[33m', '')
    project.edit('pipeline.ts', '\\u001B[0m\\u001B[2J', '')
    project.write({ go: '' })
    using session = TerminalSession.cairn(project, ['run', 'main.ts', ...flags], { env })
    expect(await session.ended).toBe(0)
    expect(session.output).not.toContain('\u001B')
    expect(session.history).toContain('Step right has started.')
  })

  it('is live in CI where that is asked for', async () => {
    using project = trainingProject()
    using session = TerminalSession.cairn(project, ['run', 'main.ts', '--progress', 'live'], { env: { CI: '1' } })
    await session.shows(/^. left +\S+ +42%/)
    project.write({ go: '' })
    expect(await session.ended).toBe(0)
  })

  it('is cancelled and recorded by one Ctrl-C, and leaves a clean terminal', async () => {
    using project = trainingProject()
    using session = TerminalSession.cairn(project, ['run', 'main.ts'])
    await session.shows(/^. left +\S+ +42%/)
    session.press('\u0003')

    expect(await session.ended).toBe(130)
    expect(painted(session.history)).toEqual([])
    expect(settled(session.history).slice(-4)).toEqual([
      'Pipeline run training-<time> was cancelled after <time>',
      'CAIRN_RUN_CANCELLED: Pipeline run training-<time> was cancelled.',
      expect.stringMatching(/./),
      'More: cairn help CAIRN_RUN_CANCELLED',
    ])
    expect(session.isCursorVisible).toBe(true)
    expect(session.terminal.buffer.active.cursorX).toBe(0)
    expect(storedRuns(project).map(({ status }) => status)).toEqual(['cancelled'])
  })

  it('is left at once by two Ctrl-C, and leaves a clean terminal', async () => {
    using project = trainingProject()
    project.edit(
      'pipeline.ts',
      "name: 'training',",
      "name: 'training', onFailure: () => new Promise<void>((resolve) => setTimeout(resolve, 600_000)),",
    )
    using session = TerminalSession.cairn(project, ['run', 'main.ts'])
    await session.shows(/^. left +\S+ +42%/)
    session.press('\u0003')
    await session.until(({ screen }) => !screen.some((row) => /^. left /.test(row)))
    session.press('\u0003')

    expect(await session.ended).toBe(130)
    expect(painted(session.history)).toEqual([])
    expect(session.isCursorVisible).toBe(true)
    expect(session.terminal.buffer.active.cursorX).toBe(0)
  })
})

describe('a run whose output is piped', () => {
  it('writes the same lines as ever, without escape codes', async () => {
    using project = trainingProject()
    project.edit('pipeline.ts', '\\u001B[33m', '')
    project.edit('pipeline.ts', '\\u001B[0m\\u001B[2J', '')
    project.write({ go: '' })
    const { stdout, stderr, code } = await project.run('main.ts', {
      args: ['--progress', 'live'],
      env: { FORCE_COLOR: '3', TERM: 'xterm-256color' },
    })
    expect(code).toBe(0)
    expect(stdout + stderr).not.toContain('\u001B')
    expect(settled(stdout.split('\n'))).toEqual(
      expect.arrayContaining([
        'Step load has started.',
        'Step left has started.',
        '[left] 42% epoch 42 of 100 with a text that is longer than what a narrow terminal has place for',
        'right prints a line',
        '[right] said by the logger',
        'an unfinished line',
        'sum prints alone',
        'Step sum has finished in <time>.',
      ]),
    )
    expect(stderr).toBe('and a warning in yellowwithout clearing\n')
  })
})
