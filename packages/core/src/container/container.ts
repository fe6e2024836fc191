import 'reflect-metadata/lite'
import { container as root, instanceCachingFactory, type DependencyContainer } from 'tsyringe'

import { cairnError } from '../errors/cairn-error.ts'
import { isDisposable } from '../plugin/component.ts'
import { tokenName, type Token } from './token.ts'

/** How a value is made; it may ask the container for others. */
export type Provider<T> = (container: Container) => T | Promise<T>

/**
 * Holds the components of one stack by token. Each is created when first asked for, once, and closed in the reverse
 * order of creation. The dependency-injection library stays behind this class.
 */
export class Container implements AsyncDisposable {
  readonly #registry: DependencyContainer = root.createChildContainer()
  readonly #created: unknown[] = []
  readonly #beingCreated = new Set<Promise<unknown>>()

  /**
   * Says how the value of a token is made.
   *
   * @throws CAIRN_TOKEN_TWICE
   */
  provide<T>(of: Token<T>, provider: Provider<T>): void {
    if (this.#registry.isRegistered(of)) throw cairnError('CAIRN_TOKEN_TWICE', { token: tokenName(of) })
    // The library calls a plain factory at every resolve, so the promise of the one value is what it keeps.
    const factory = instanceCachingFactory(() => this.#creating(this.#create(provider)))
    this.#registry.register<Promise<T>>(of, { useFactory: factory })
  }

  /**
   * The value of a token.
   *
   * @throws CAIRN_TOKEN_MISSING, and what its provider throws
   */
  async get<T>(of: Token<T>): Promise<T> {
    if (!this.#registry.isRegistered(of)) throw cairnError('CAIRN_TOKEN_MISSING', { token: tokenName(of) })
    return this.#registry.resolve<Promise<T>>(of)
  }

  /**
   * Closes what was created and can be closed, last created first; every one is closed even if another fails. What is
   * just being created is waited for. Afterwards the container is empty: nobody gets what is closed.
   *
   * @throws the first fault of closing
   */
  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#beingCreated.size > 0) await Promise.allSettled(this.#beingCreated)
    const failures: unknown[] = []
    // One object may stand behind several tokens; it is closed once.
    for (const value of [...new Set(this.#created.splice(0))].toReversed()) {
      if (!isDisposable(value)) continue
      try {
        await value[Symbol.asyncDispose]()
      } catch (error) {
        failures.push(error)
      }
    }
    this.#registry.reset()
    if (failures.length > 0) throw failures[0]
  }

  async #create<T>(provider: Provider<T>): Promise<T> {
    const value = await provider(this)
    this.#created.push(value)
    return value
  }

  #creating<T>(value: Promise<T>): Promise<T> {
    const done = (): void => void this.#beingCreated.delete(value)
    this.#beingCreated.add(value)
    value.then(done, done)
    return value
  }
}
