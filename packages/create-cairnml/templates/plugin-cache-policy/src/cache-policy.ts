import type { CachePolicy, KeyTree, PolicyContext, StepForCaching, Uncacheable } from '@cairnml/core'

import type { AcmeOptions } from './options.ts'

/** The default policy with one part more: a release, which is counted for every step. */
export class AcmeCachePolicy implements CachePolicy {
  readonly name: string
  readonly type = 'acme'
  readonly #release: string | undefined

  constructor(name: string, options: AcmeOptions = {}) {
    this.name = name
    this.#release = options.release
  }

  async describe(step: StepForCaching, { next }: PolicyContext): Promise<KeyTree | Uncacheable> {
    const described = await next.describe(step)
    if ('uncacheable' in described) return described
    const own = this.#release === undefined ? [] : [{ label: 'release', value: this.#release }]
    return { ...described, policy: this.type, parts: [...described.parts, ...own] }
  }
}
