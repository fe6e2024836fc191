import { PassThrough } from 'node:stream'

import { describe, expect, it } from 'vitest'

import { confirm, streamTerminal, type Terminal } from './confirm.ts'

class FakeTerminal implements Terminal {
  readonly questions: string[] = []
  readonly isInteractive: boolean
  readonly #answer: string

  constructor(answer: string, isInteractive = true) {
    this.#answer = answer
    this.isInteractive = isInteractive
  }

  async ask(question: string): Promise<string> {
    this.questions.push(question)
    return this.#answer
  }
}

const ASKED = { yes: false, json: false }

describe('confirm', () => {
  it.each([
    ['y', true],
    ['Yes ', true],
    ['', false],
    ['n', false],
    ['yeah', false],
  ])('takes the answer %j for %j', async (answer, expected) => {
    const terminal = new FakeTerminal(answer)
    expect(await confirm('Remove 2 entries?', ASKED, terminal)).toBe(expected)
    expect(terminal.questions).toEqual(['Remove 2 entries? [y/N] '])
  })

  it('does not ask what --yes has answered', async () => {
    const terminal = new FakeTerminal('n', false)
    expect(await confirm('Remove?', { yes: true, json: true }, terminal)).toBe(true)
    expect(terminal.questions).toEqual([])
  })

  it.each([
    ['there is no terminal', ASKED, false],
    ['the output is JSON', { yes: false, json: true }, true],
  ])('refuses where %s', async (_where, options, isInteractive) => {
    const terminal = new FakeTerminal('y', isInteractive)
    await expect(confirm('Remove?', options, terminal)).rejects.toMatchObject({
      code: 'CAIRN_CONFIRMATION_MISSING',
      exitCode: 2,
    })
    expect(terminal.questions).toEqual([])
  })
})

describe('streamTerminal', () => {
  class Tty extends PassThrough {
    readonly isTTY = true
  }

  it('asks on its output and reads a line of its input', async () => {
    const [input, output] = [new Tty(), new Tty()]
    const terminal = streamTerminal(input, output)
    expect(terminal.isInteractive).toBe(true)
    const answer = terminal.ask('Remove? [y/N] ')
    input.write('yes\nmore\n')
    expect(await answer).toBe('yes')
    expect(String(output.read())).toContain('Remove? [y/N] ')
  })

  it('takes the end of its input for no answer', async () => {
    const [input, output] = [new Tty(), new Tty()]
    const answer = streamTerminal(input, output).ask('Remove? [y/N] ')
    input.end()
    expect(await answer).toBe('')
    expect(String(output.read())).toMatch(/\n$/)
  })

  it('is interactive only where both ends are', () => {
    expect(streamTerminal(new PassThrough(), new Tty()).isInteractive).toBe(false)
    expect(streamTerminal(new Tty(), new PassThrough()).isInteractive).toBe(false)
  })
})
