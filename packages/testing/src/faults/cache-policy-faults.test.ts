import {
  ContentCachePolicy,
  type CachePolicy,
  type KeyTree,
  type KnownCode,
  type OptionsForCaching,
  type PlainObject,
  type StepForCaching,
  type Uncacheable,
  type Verdict,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { cachePolicyConformance } from '../cache-policy/cache-policy-conformance.ts'
import { knownCode } from '../fixtures/results.ts'
import { failingTests } from './failing-tests.ts'

type Describe = (step: StepForCaching) => Promise<KeyTree | Uncacheable>

/** A policy that describes by the default one what a fault made of the step. */
class FaultyCachePolicy extends ContentCachePolicy {
  readonly #change: (describe: Describe) => Describe

  constructor(change: (describe: Describe) => Describe) {
    super()
    this.#change = change
  }

  override describe(step: StepForCaching): Promise<KeyTree | Uncacheable> {
    return this.#change((changed) => super.describe(changed))(step)
  }
}

const changing =
  (change: (step: StepForCaching) => Partial<StepForCaching>) =>
  (describe: Describe): Describe =>
  (step) =>
    describe({ ...step, ...change(step) })

interface Fault {
  readonly make: (describe: Describe) => Describe
  readonly noticedBy: string
}

const KNOWN = knownCode({ digest: 'same' })

/** Describes another code than the step has. */
const codeWith = (fields: Partial<KnownCode>, noticedBy: string): Fault => ({
  make: changing((step) => ({
    code: async () => {
      const found = await step.code()
      return found.known ? { ...found, ...fields } : found
    },
  })),
  noticedBy,
})

const withEach = (params: PlainObject, change: (value: PlainObject['x']) => PlainObject['x']): PlainObject =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, change(value)]))

/** Describes other texts than the parameters have. */
const texts = (change: (value: string) => string): Fault => ({
  make: changing(({ params }) => ({
    params: withEach(params, (value) => (typeof value === 'string' ? change(value) : value)),
  })),
  noticedBy: 'parts of the key > count the values of parameters',
})

const optionsWithout = (name: keyof OptionsForCaching, noticedBy: string): Fault => ({
  make: changing((step) => ({ options: { ...step.options, [name]: undefined } })),
  noticedBy,
})

const FAULTS: Readonly<Record<string, Fault>> = {
  'leaves out the code': {
    make: changing(() => ({ code: async () => KNOWN })),
    noticedBy: 'parts of the key > count the code',
  },
  'leaves out parameters': {
    make: changing(() => ({ params: {} })),
    noticedBy: 'parts of the key > count the values of parameters',
  },
  'leaves out inputs': {
    make: changing(() => ({ inputs: [] })),
    noticedBy: 'parts of the key > count the content of inputs',
  },
  'leaves out outputs': {
    make: changing(() => ({ outputs: [] })),
    noticedBy: 'parts of the key > count the names and types of outputs',
  },
  'leaves out types of inputs': {
    make: changing(({ inputs }) => ({ inputs: inputs.map((input) => ({ ...input, type: 'x' })) })),
    noticedBy: 'parts of the key > count the types of inputs',
  },
  'counts the order of properties': {
    make: changing(({ params }) => ({ params: { order: Object.keys(params) } })),
    noticedBy: 'key trees > do not depend on the order of properties and ports',
  },
  'counts the order of inputs and outputs': {
    make: changing(({ inputs, params }) => ({ params: { ...params, order: inputs.map(({ name }) => name) } })),
    noticedBy: 'key trees > do not depend on the order of properties and ports',
  },
  'never gives the same key twice': {
    make: changing(({ params }) => ({ params: { ...params, id: crypto.randomUUID() } })),
    noticedBy: 'key trees > are equal for equal steps',
  },
  'counts the time': {
    make: changing(({ params }) => ({ params: { ...params, time: performance.now() } })),
    noticedBy: 'key trees > are equal for equal steps',
  },
  'caches everything': {
    make: changing((step) => ({
      code: async () => {
        const found = await step.code()
        return found.known ? found : KNOWN
      },
    })),
    noticedBy: 'key trees > pass on why a step is uncacheable, and where',
  },
  'leaves out the code of types': codeWith(
    { ports: [] },
    'code in the key > count the code of types of inputs and outputs',
  ),
  'leaves out captured values': codeWith({ captured: [] }, 'code in the key > count captured values'),
  'leaves out packages': codeWith({ packages: [] }, 'code in the key > count packages by identity'),
  'leaves out variables that the code reads': codeWith(
    { environment: [] },
    'code in the key > count variables that the code reads',
  ),
  'knows no platforms': {
    make: changing(() => ({ platform: 'any' })),
    noticedBy: 'code in the key > count the platform where a package has machine code',
  },
  'counts secrets that the code reads': {
    make: changing((step) => ({
      options: { ...step.options, env: ['API_KEY', 'LICENCE'], secrets: [] },
    })),
    noticedBy: 'what a step declares > ask for nothing that is not declared',
  },
  'counts a declared secret': {
    make: changing((step) => ({ options: { ...step.options, secrets: undefined } })),
    noticedBy: 'code in the key > never count secrets that the code reads',
  },
  'does not know a version in place of code': {
    make: changing((step) => ({ options: { ...step.options, codeVersion: undefined } })),
    noticedBy: 'code in the key > count the declared version of the code in its place',
  },
  'caches what depends on the run': codeWith(
    { readsRun: undefined },
    'code in the key > refuse a step that reads which run it is in, unless it has a key',
  ),
  'leaves out files': optionsWithout('files', 'what a step declares > count declared files by path and content'),
  'leaves out URLs': optionsWithout('urls', 'what a step declares > count declared URLs by their state'),
  'leaves out declared variables': optionsWithout('env', 'what a step declares > count declared variables by value'),
  'leaves out the own key': {
    make: changing(() => ({ ownKey: undefined })),
    noticedBy: 'what a step declares > count what the own key function gives',
  },
  'ignores nothing': optionsWithout('ignore', 'what a step declares > leave out what is to be ignored'),
  'sorts the inputs of the step itself': {
    make: (describe) => (step) => {
      // Sound for arrays; that the step is not to be changed is what is tested.
      const inputs = step.inputs as StepForCaching['inputs'][number][]
      inputs.sort((a, b) => (a.name < b.name ? -1 : 1))
      return describe(step)
    },
    noticedBy: 'key trees > leave the step as it is',
  },
  'counts the day': {
    make: changing(({ params }) => ({ params: { ...params, day: new Date().toISOString().slice(0, 10) } })),
    noticedBy: 'key trees > do not depend on what time it is',
  },
  'takes code that cannot be read for none': {
    make: changing((step) => ({ code: () => step.code().catch(() => KNOWN) })),
    noticedBy: 'key trees > are not made of what could not be read',
  },
  'takes letters that look alike for one': texts((value) => value.normalize('NFC')),
  'cuts off what is around texts': texts((value) => value.trim()),
  'knows no order of items': {
    make: changing(({ params }) => ({
      params: withEach(params, (value) =>
        Array.isArray(value) ? value.toSorted((a, b) => String(a).localeCompare(String(b))) : value,
      ),
    })),
    noticedBy: 'parts of the key > count the values of parameters',
  },
  'looks at the outside before it is asked to': {
    make: (describe) => async (step) => {
      await step.files()
      return describe(step)
    },
    noticedBy: 'what a step declares > ask for nothing that is not declared',
  },
}

describe('the suite for cache policies', () => {
  it('passes a policy that keeps its promises', async () => {
    const create = (): ContentCachePolicy => new ContentCachePolicy()
    expect(await failingTests((runner) => cachePolicyConformance(runner, { name: 'policy', create }))).toEqual([])
  })

  it.each(Object.entries(FAULTS))('notices a policy that %s', async (_, { make, noticedBy }) => {
    const create = (): ContentCachePolicy => new FaultyCachePolicy(make)
    const failed = await failingTests((runner) => cachePolicyConformance(runner, { name: 'policy', create }))
    expect(failed).toContain(noticedBy)
  })

  it('notices a policy that never lets an entry expire', async () => {
    class Eternal extends ContentCachePolicy {
      override async accept(): Promise<Verdict> {
        return { accepted: true }
      }
    }
    const create = (): ContentCachePolicy => new Eternal()
    const failed = await failingTests((runner) => cachePolicyConformance(runner, { name: 'policy', create }))
    expect(failed).toEqual(['what a step declares > accept an entry until it expires, whatever the clock of its maker'])
  })

  const settings = [{ rows: 1 }, { rows: 2 }]
  const failedWith = (create: () => CachePolicy): Promise<readonly string[]> =>
    failingTests((runner) => cachePolicyConformance(runner, { name: 'policy', create, settings }))

  it('passes a policy that counts its settings', async () => {
    expect(await failedWith(() => counting(({ rows }) => rows ?? null))).toEqual([])
  })

  it('notices a policy that leaves its settings out', async () => {
    expect(await failedWith(() => counting(() => null))).toEqual([
      'settings of a step > keep results of other settings apart',
    ])
  })

  it('notices a policy that takes the settings of one step for those of all', async () => {
    const remembering = (): CachePolicy => {
      let first: number | undefined
      return counting(({ rows }) => (first ??= rows) ?? null)
    }
    expect(await failedWith(remembering)).toContain(
      'settings of a step > are those of the step that is described, whichever came before',
    )
  })

  it('notices a policy that changes the settings of a step', async () => {
    const failed = await failedWith(() =>
      counting((given) => {
        const { rows = null } = given
        delete given.rows
        return rows
      }),
    )
    expect(failed).toContain('settings of a step > are left as they are')
  })
})

interface Sampling {
  rows?: number
}

/** The default policy with a part besides, made of the settings. */
function counting(part: (settings: Sampling) => number | null): CachePolicy<Sampling> {
  return {
    name: 'content',
    type: 'content',
    describe: async (step, { next }) => {
      const tree = await next.describe(step)
      return 'uncacheable' in tree
        ? tree
        : { ...tree, parts: [...tree.parts, { label: 'rows', value: part(step.settings ?? {}) }] }
    },
  }
}
