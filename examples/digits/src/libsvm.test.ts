import { describe, expect, it, vi } from 'vitest'

import { loadLibsvm } from './libsvm.ts'

const streaming = (): unknown => Reflect.get(Reflect.get(globalThis, 'WebAssembly'), 'instantiateStreaming')

describe('loadLibsvm', () => {
  it('leaves the process as it found it and prints nothing', async () => {
    const printed = vi.spyOn(console, 'warn')
    const listeners = process.listeners('unhandledRejection')
    const streamingBefore = streaming()

    await loadLibsvm()

    expect(process.listeners('unhandledRejection')).toEqual(listeners)
    expect(streaming()).toBe(streamingBefore)
    expect(printed).not.toHaveBeenCalled()
  })
})
