import { describe, expect, it } from 'vitest'

import { Container } from './container.ts'
import { token, tokenName } from './token.ts'

const A = token<{ readonly name: string }>('A')
const B = token<{ readonly name: string }>('B')
const C = token<{ readonly name: string }>('C')

/** A component that writes down when it is closed. */
function closing(
  name: string,
  log: string[],
  fail?: 'throws' | 'rejects',
): AsyncDisposable & { readonly name: string } {
  return {
    name,
    [Symbol.asyncDispose]: () => {
      log.push(name)
      if (fail === 'throws') throw new Error(`${name} threw`)
      return fail === 'rejects' ? Promise.reject(new Error(`${name} rejected`)) : Promise.resolve()
    },
  }
}

describe('a container', () => {
  it('creates a value when it is first asked for, and once', async () => {
    const container = new Container()
    let created = 0
    container.provide(A, async () => ({ name: `a${++created}` }))
    expect(created).toBe(0)
    const [one, two] = await Promise.all([container.get(A), container.get(A)])
    expect(one).toBe(two)
    expect(await container.get(A)).toBe(one)
    expect(created).toBe(1)
  })

  it('lets a provider ask for others, in whatever order they were provided', async () => {
    const container = new Container()
    container.provide(A, async (inside) => ({ name: `a(${(await inside.get(B)).name})` }))
    container.provide(B, () => ({ name: 'b' }))
    expect((await container.get(A)).name).toBe('a(b)')
  })

  it('refuses a second provider for a token', () => {
    const container = new Container()
    container.provide(A, () => ({ name: 'a' }))
    expect(() => container.provide(A, () => ({ name: 'b' }))).toThrow(
      expect.objectContaining({ code: 'CAIRN_TOKEN_TWICE', details: { token: 'A' } }),
    )
    expect(() => container.provide(token('A'), () => 1)).toThrow(expect.objectContaining({ code: 'CAIRN_TOKEN_TWICE' }))
  })

  it('rejects for a token that nothing provides, also in another container', async () => {
    const one = new Container()
    one.provide(A, () => ({ name: 'a' }))
    const error = { code: 'CAIRN_TOKEN_MISSING', details: { token: 'A' } }
    await expect(new Container().get(A)).rejects.toMatchObject(error)
    await expect(one.get(B)).rejects.toMatchObject({ code: 'CAIRN_TOKEN_MISSING', details: { token: 'B' } })
  })

  it('rejects every time with the fault of a provider, which is called once', async () => {
    const container = new Container()
    let calls = 0
    container.provide(A, () => {
      calls += 1
      throw new Error('no connection')
    })
    await expect(container.get(A)).rejects.toThrow('no connection')
    await expect(container.get(A)).rejects.toThrow('no connection')
    expect(calls).toBe(1)
    await expect(container[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })
})

describe('closing a container', () => {
  it('closes in the reverse order of creation, and only what was created', async () => {
    const log: string[] = []
    const container = new Container()
    container.provide(A, async (inside) => {
      await inside.get(B)
      return closing('a', log)
    })
    container.provide(B, () => closing('b', log))
    container.provide(C, () => closing('c', log))
    await container.get(A)
    await container[Symbol.asyncDispose]()
    expect(log).toEqual(['a', 'b'])
  })

  it.each(['throws', 'rejects'] as const)('closes all even if one %s, and then says so', async (fail) => {
    const log: string[] = []
    const container = new Container()
    container.provide(A, () => closing('a', log))
    container.provide(B, () => closing('b', log, fail))
    container.provide(C, () => closing('c', log))
    for (const of of [A, B, C]) await container.get(of)
    await expect(container[Symbol.asyncDispose]()).rejects.toThrow(/^b /)
    expect(log).toEqual(['c', 'b', 'a'])
  })

  it('closes what was created before another one failed to open', async () => {
    const log: string[] = []
    const container = new Container()
    container.provide(A, () => closing('a', log))
    container.provide(B, async (inside) => {
      await inside.get(A)
      throw new Error('no connection')
    })
    container.provide(C, () => closing('c', log))
    await container.get(C)
    await expect(container.get(B)).rejects.toThrow('no connection')
    await container[Symbol.asyncDispose]()
    expect(log).toEqual(['a', 'c'])
  })

  it('closes nothing twice', async () => {
    const log: string[] = []
    const container = new Container()
    const shared = closing('shared', log)
    container.provide(A, () => shared)
    container.provide(B, () => shared)
    await Promise.all([container.get(A), container.get(B)])
    await container[Symbol.asyncDispose]()
    await container[Symbol.asyncDispose]()
    expect(log).toEqual(['shared'])
  })

  it('gives nothing that it has closed', async () => {
    const container = new Container()
    container.provide(A, () => closing('a', []))
    await container.get(A)
    await container[Symbol.asyncDispose]()
    await expect(container.get(A)).rejects.toMatchObject({ code: 'CAIRN_TOKEN_MISSING' })
  })

  it('waits for what is just being created and closes it, too', async () => {
    const log: string[] = []
    const container = new Container()
    let open: (() => void) | undefined
    container.provide(A, async (inside) => {
      await new Promise<void>((resolve) => (open = resolve))
      await inside.get(B)
      return closing('a', log)
    })
    container.provide(B, () => closing('b', log))
    const a = container.get(A)
    const closed = container[Symbol.asyncDispose]()
    open?.()
    await closed
    expect(log).toEqual(['a', 'b'])
    expect((await a).name).toBe('a')
  })

  it('leaves alone what cannot be closed', async () => {
    const container = new Container()
    container.provide(token<unknown>('N'), () => undefined)
    container.provide(token<unknown>('O'), () => ({}))
    await container.get(token<unknown>('N'))
    await container.get(token<unknown>('O'))
    await expect(container[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })
})

describe('a token', () => {
  it('is the same for the same name, also in another copy of this package', () => {
    expect(token('A')).toBe(A)
    expect(Symbol.keyFor(A)).toBe('cairnml/token/A')
  })

  it('is named in errors, even a foreign symbol', () => {
    expect(tokenName(A)).toBe('A')
    expect(tokenName(Symbol('mine'))).toBe('mine')
    expect(tokenName(Symbol())).toBe('an unnamed token')
  })
})
