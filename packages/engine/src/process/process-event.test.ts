import { describe, expect, it } from 'vitest'

import { ProcessEvent } from './process-event.ts'

describe('ProcessEvent', () => {
  it('takes one listener of the process however many wait, and none when nobody does', () => {
    const before = process.listenerCount('SIGTERM')
    const event = new ProcessEvent('SIGTERM')
    const waiting = Array.from({ length: 20 }, () => event.subscribe(() => {}))
    expect(process.listenerCount('SIGTERM')).toBe(before + 1)
    for (const subscription of waiting) subscription[Symbol.dispose]()
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })

  it('tells everybody who waits, also where one of them leaves at that', () => {
    const event = new ProcessEvent('beforeExit')
    const told: string[] = []
    const first = event.subscribe(() => {
      told.push('first')
      first[Symbol.dispose]()
    })
    using _second = event.subscribe((code) => told.push(`second ${String(code)}`))
    process.emit('beforeExit', 0)
    process.emit('beforeExit', 1)
    expect(told).toEqual(['first', 'second 0', 'second 1'])
  })
})
