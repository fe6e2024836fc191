import type { ArtifactRef, MetadataStore, StepRunRecord } from '@cairnml/core'

import type { StoredArtifact } from './stored-artifact.ts'

/** Which way a lineage goes, and how far. */
export interface LineageOptions {
  /** `up`: what made it, from what. `down`: who used it, for what. @default 'up' */
  readonly direction?: 'up' | 'down' | undefined
  /** At most this many step runs. @default 500 */
  readonly limit?: number | undefined
}

/** An artifact in a lineage. */
export interface LineageArtifact {
  readonly digest: string
  readonly type: string
  /** Bytes. */
  readonly size: number
}

/** A step run in a lineage, with the digests of what it read and made. */
export interface LineageStep {
  /** `<run id>.<invocation id>`: unique. */
  readonly id: string
  /** Name of the run that really executed it; of one that was removed its id and `(removed)`. */
  readonly run: string
  readonly invocation: string
  readonly step: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly inputs: { readonly [name: string]: readonly string[] }
  readonly outputs: { readonly [name: string]: string }
}

/** Artifacts and the step runs between them. Step runs that reused a result are not in it, only what made the result. */
export interface Lineage {
  readonly direction: 'up' | 'down'
  /** Digest of the artifact that was asked about. */
  readonly root: string
  readonly artifacts: readonly LineageArtifact[]
  /** The nearest first. */
  readonly steps: readonly LineageStep[]
  /** Whether there is more than the limit allowed. */
  readonly truncated: boolean
}

interface LineageContext extends LineageOptions {
  readonly records: MetadataStore
  /** The step run that is known to have made the artifact. */
  readonly madeBy?: string | undefined
}

/** The lineage of an artifact over the recorded step runs. */
export async function lineageOf({ artifact }: StoredArtifact, context: LineageContext): Promise<Lineage> {
  const { direction = 'up', limit = 500, records, madeBy } = context
  const walk = new LineageWalk(records)
  walk.sees([artifact])
  const pending: { readonly ref: ArtifactRef; readonly near?: string | undefined }[] = [{ ref: artifact, near: madeBy }]
  const asked = new Set<string>()
  for (let next = pending.shift(); next !== undefined && walk.steps.size < limit; next = pending.shift()) {
    if (asked.has(next.ref.digest)) continue
    asked.add(next.ref.digest)
    const found = direction === 'up' ? await walk.maker(next.ref, next.near) : await walk.users(next.ref)
    for (const record of found) {
      if (walk.steps.has(record.id) || walk.steps.size >= limit) continue
      await walk.adds(record)
      const { inputs = {}, outputs = {} } = record
      const refs = direction === 'up' ? Object.values(inputs).flat() : Object.values(outputs)
      walk.sees([...Object.values(inputs).flat(), ...Object.values(outputs)])
      pending.push(...refs.map((ref) => ({ ref, near: record.id })))
    }
  }
  const artifacts = [...walk.artifacts.values()]
  const truncated = pending.some(({ ref }) => !asked.has(ref.digest))
  return { direction, root: artifact.digest, artifacts, steps: [...walk.steps.values()], truncated }
}

class LineageWalk {
  readonly steps = new Map<string, LineageStep>()
  readonly artifacts = new Map<string, LineageArtifact>()
  readonly #records: MetadataStore
  readonly #runNames = new Map<string, string>()
  /** Ids of the step runs that belong to a run, what they reuse among them. */
  readonly #ofRun = new Map<string, ReadonlySet<string>>()

  constructor(records: MetadataStore) {
    this.#records = records
  }

  sees(refs: readonly ArtifactRef[]): void {
    for (const { digest, type, size, kind } of refs) {
      this.artifacts.set(digest, { digest, type: kind === 'collection' ? `list<${type}>` : type, size })
    }
  }

  async adds(record: StepRunRecord): Promise<void> {
    const { id, invocation, step, startedAt, inputs = {}, outputs = {} } = record
    this.steps.set(id, {
      id,
      run: await this.#runName(record.run),
      invocation,
      step,
      startedAt,
      inputs: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, digestsOf(input)])),
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, { digest }]) => [name, digest])),
    })
  }

  /** What made an artifact: of several step runs that made the same bytes the one in the same run, else the first. */
  async maker(ref: ArtifactRef, near: string | undefined): Promise<readonly StepRunRecord[]> {
    const all = (await this.#having(ref)).filter(({ outputs = {} }) =>
      Object.values(outputs).some(({ digest }) => digest === ref.digest),
    )
    const own = all.find(({ id }) => id === near)
    if (own !== undefined) return [own]
    const around = near === undefined ? undefined : await this.#around(near)
    const [first] = all
    const found = all.find(({ id }) => around?.has(id)) ?? first
    return found === undefined ? [] : [found]
  }

  async users(ref: ArtifactRef): Promise<readonly StepRunRecord[]> {
    return (await this.#having(ref)).filter(({ inputs = {} }) =>
      Object.values(inputs)
        .flat()
        .some(({ digest }) => digest === ref.digest),
    )
  }

  async #having({ digest }: ArtifactRef): Promise<readonly StepRunRecord[]> {
    const match = { field: 'artifact', is: '=', value: digest } as const
    return (await this.#records.query('stepRun', { match, limit: 1000 })).items
  }

  /** The step runs of the run that a step run belongs to, and those whose results they reuse. */
  async #around(stepRun: string): Promise<ReadonlySet<string>> {
    const run = (await this.#records.get('stepRun', stepRun))?.run ?? ''
    const known = this.#ofRun.get(run)
    if (known !== undefined) return known
    const { items } = await this.#records.query('stepRun', { where: { run }, limit: 10_000 })
    const ids = new Set(items.flatMap(({ id, origin }) => (origin === undefined ? [id] : [id, origin])))
    this.#ofRun.set(run, ids)
    return ids
  }

  async #runName(id: string): Promise<string> {
    const name = this.#runNames.get(id) ?? (await this.#records.get('run', id))?.name ?? `${id} (removed)`
    this.#runNames.set(id, name)
    return name
  }
}

function digestsOf(input: ArtifactRef | readonly ArtifactRef[]): readonly string[] {
  return [input].flat().map(({ digest }) => digest)
}
