import { describe, expect, it } from 'vitest'

import { runtimeProblem } from './check-runtime.ts'

describe('runtimeProblem', () => {
  it.each(['24.11.0', '24.21.3', '26.0.0'])('has nothing against Node %s', (node) => {
    expect(runtimeProblem({ node })).toBeUndefined()
  })

  it.each(['20.20.2', '24.10.9', '22.99.0'])('names Node %s and the one that is needed', (node) => {
    expect(runtimeProblem({ node })).toMatch(new RegExp(`^CAIRN_NODE_TOO_OLD: Node ${node} .*24\\.11 or newer`))
  })

  it.each([
    [{ node: '24.21.0', bun: '1.4.5' }, 'Bun 1.4.5'],
    [{ node: '24.21.0', deno: '2.9.0' }, 'Deno 2.9.0'],
  ])('names another runtime, whatever Node it says to be', (versions, name) => {
    expect(runtimeProblem(versions)).toMatch(new RegExp(`^CAIRN_RUNTIME_UNSUPPORTED: .*not under ${name}\\.[^\n]*$`))
  })
})
