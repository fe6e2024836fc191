import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { ProgressLine } from './progress-line.ts'

class Screen {
  readonly isTTY: boolean
  readonly columns = 12
  text = ''

  constructor(isTTY = true) {
    this.isTTY = isTTY
  }

  write(text: string): void {
    this.text += text
  }
}

// The terminal of whoever runs the tests does not matter.
beforeEach(() => vi.stubEnv('TERM', 'xterm'))
afterEach(() => vi.unstubAllEnvs())

it('paints over what it showed, no more often than can be read, and is gone in the end', () => {
  const screen = new Screen()
  let now = 0
  const line = new ProgressLine(screen, { now: () => now })
  line.show(() => 'one')
  line.show(() => 'too early')
  now += 100
  line.show(() => 'two, which is too long')
  line[Symbol.dispose]()
  line[Symbol.dispose]()
  expect(screen.text).toBe('\r\u001B[Kone\r\u001B[Ktwo, which \r\u001B[K')
})

it.each([
  [new Screen(false), true],
  [new Screen(), false],
])('writes nothing where nobody sees it', (screen, isWanted) => {
  using line = new ProgressLine(screen, { isWanted })
  line.show(() => 'one')
  expect(screen.text).toBe('')
})

it('writes nothing on a terminal that cannot paint over', () => {
  vi.stubEnv('TERM', 'dumb')
  const screen = new Screen()
  using line = new ProgressLine(screen)
  line.show(() => 'one')
  expect(screen.text).toBe('')
})
