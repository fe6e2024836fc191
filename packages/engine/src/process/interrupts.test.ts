import { afterEach, describe, expect, it, vi } from 'vitest'

import { interruptExitCode, onInterrupt, type Interrupt } from './interrupts.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('onInterrupt', () => {
  it('passes the first signal on and leaves at once at the second', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
    const seen: Interrupt[] = []
    using _watch = onInterrupt((signal) => seen.push(signal))
    process.emit('SIGINT', 'SIGINT')
    expect(seen).toEqual(['SIGINT'])
    expect(exit).not.toHaveBeenCalled()
    process.emit('SIGTERM', 'SIGTERM')
    expect(exit).toHaveBeenCalledWith(143)
  })

  it('hears nothing more when it is disposed', () => {
    const before = process.listenerCount('SIGINT')
    const seen: Interrupt[] = []
    onInterrupt((signal) => seen.push(signal))[Symbol.dispose]()
    expect(process.listenerCount('SIGINT')).toBe(before)
    expect(seen).toEqual([])
  })
})

describe('interruptExitCode', () => {
  it('is 128 and the number of the signal', () => {
    expect([interruptExitCode('SIGINT'), interruptExitCode('SIGTERM')]).toEqual([130, 143])
  })
})
