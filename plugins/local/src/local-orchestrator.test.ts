import { resultManifest, stepInvocation } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { LocalOrchestrator } from './local-orchestrator.ts'

describe('LocalOrchestrator', () => {
  it('never runs more at once than its concurrency, whoever asks', async () => {
    const orchestrator = new LocalOrchestrator({ concurrency: 2 })
    let [working, most] = [0, 0]
    const runHere = async (): Promise<ReturnType<typeof resultManifest>> => {
      most = Math.max(most, ++working)
      await new Promise((resolve) => setTimeout(resolve, 1))
      working -= 1
      return resultManifest()
    }
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 9 }, () => orchestrator.execute(stepInvocation(), { signal, runHere })))
    expect(most).toBe(2)
  })

  it('lets a step that waits for a slot leave when it is aborted, and loses no slot by that', async () => {
    const orchestrator = new LocalOrchestrator({ concurrency: 1 })
    const gate = Promise.withResolvers<void>()
    const { signal } = new AbortController()
    const first = orchestrator.execute(stepInvocation(), {
      signal,
      runHere: async () => {
        await gate.promise
        return resultManifest()
      },
    })
    const reason = new Error('cancelled')
    const controller = new AbortController()
    let ran = false
    const second = orchestrator.execute(stepInvocation(), {
      signal: controller.signal,
      runHere: async () => {
        ran = true
        return resultManifest()
      },
    })
    const third = orchestrator.execute(stepInvocation(), { signal, runHere: async () => resultManifest() })
    controller.abort(reason)
    await expect(second).rejects.toBe(reason)
    gate.resolve()
    await Promise.all([first, third])
    expect(ran).toBe(false)
  })

  it('takes the slot of a step that does not listen to its signal, so that the next one can start', async () => {
    const orchestrator = new LocalOrchestrator({ concurrency: 1 })
    const controller = new AbortController()
    const deaf = orchestrator.execute(stepInvocation(), {
      signal: controller.signal,
      runHere: () => new Promise<never>(() => {}),
    })
    const reason = new Error('out of time')
    controller.abort(reason)
    await expect(deaf).rejects.toBe(reason)
    const manifest = resultManifest()
    const { signal } = new AbortController()
    await expect(orchestrator.execute(stepInvocation(), { signal, runHere: async () => manifest })).resolves.toBe(
      manifest,
    )
  })
})
