import { cachePolicy, definePlugin, type CachePolicy, type PlainData, type Plugin } from 'cairnml/plugin'
import { z } from 'zod'

const DAY_MS = 86_400_000

/** Options of the policy, as a stack file has them. */
export interface WeeklyPolicyOptions {
  /** Names of the parameters that are dates. */
  readonly params: readonly string[]
}

/**
 * Results are the same within one week of a date that the step is given: such a parameter counts as the Monday (UTC) of
 * its week. Everything else counts as it always does.
 */
export class WeeklyPolicy implements CachePolicy {
  readonly name: string
  readonly type = 'weekly'
  readonly #dates: ReadonlySet<string>

  constructor(name: string, { params }: WeeklyPolicyOptions) {
    this.name = name
    this.#dates = new Set(params)
  }

  async describe(...[step, { next }]: Parameters<CachePolicy['describe']>): ReturnType<CachePolicy['describe']> {
    const params = Object.entries(step.params).map(([name, value]) => [name, this.#counted(name, value)])
    const tree = await next.describe({ ...step, params: Object.fromEntries(params) })
    return 'uncacheable' in tree ? tree : { ...tree, policy: this.type }
  }

  #counted(name: string, value: PlainData | undefined): PlainData | undefined {
    const time = this.#dates.has(name) ? timeOf(value) : undefined
    return time === undefined ? value : `week of ${mondayOf(time)}`
  }
}

/** Milliseconds of a date or of the text of one; what is no date counts as it is. */
function timeOf(value: PlainData | undefined): number | undefined {
  if (!(value instanceof Date) && typeof value !== 'string') return undefined
  const time = new Date(value).getTime()
  return Number.isNaN(time) ? undefined : time
}

function mondayOf(time: number): string {
  const daysSinceMonday = (new Date(time).getUTCDay() + 6) % 7
  return new Date(time - daysSinceMonday * DAY_MS).toISOString().slice(0, 10)
}

const plugin: Plugin = definePlugin({
  name: 'weekly',
  components: [
    cachePolicy<WeeklyPolicyOptions>({
      options: async () => z.strictObject({ params: z.array(z.string()).min(1) }),
      requiresOptions: true,
      create: (options, { name }) => new WeeklyPolicy(name, options),
    }),
  ],
})

export default plugin
