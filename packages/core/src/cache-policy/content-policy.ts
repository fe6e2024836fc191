import type { CacheEntry } from '../artifact/result-manifest.ts'
import { parseDuration } from '../authoring/duration.ts'
import type { KnownCode } from '../code-identity/code-identity.ts'
import { toTaggedJson } from '../encoding/tagged-json.ts'
import type {
  BasePolicy,
  CachePolicy,
  InputForCaching,
  KeyPart,
  KeyTree,
  StepForCaching,
  Uncacheable,
  Verdict,
} from './cache-policy.ts'
import { codeKeyParts } from './code-key-parts.ts'
import { countedVariables } from './counted-variables.ts'
import { declaredKeyParts } from './declared-key-parts.ts'

/** Options of the default policy. */
export interface ContentPolicyOptions {
  /** How long results may be reused where the step does not say: `'30d'`. @default for ever */
  readonly expires?: string | undefined
  /** Reads outputs and compares them with their digests before they are reused. @default false */
  readonly verify?: boolean | undefined
}

const ACCEPTED: Verdict = { accepted: true }
const EXPIRED: Verdict = { accepted: false, reason: 'entry expired' }

/**
 * The default policy: a step is the same when its code, its parameters, the content of its inputs, the types of its
 * ports and what it declares of the outside are the same. Names of pipelines and invocations, files' places, machines and
 * users do not count.
 */
export class ContentCachePolicy implements CachePolicy, BasePolicy {
  readonly name: string
  readonly type = 'content'
  readonly verify: boolean | undefined
  readonly #expires: string | undefined

  constructor(name = 'content', options: ContentPolicyOptions = {}) {
    this.name = name
    this.#expires = options.expires
    this.verify = options.verify
  }

  async describe(step: StepForCaching): Promise<KeyTree | Uncacheable> {
    const { options, ownKey } = step
    const parts: KeyPart[] = []
    let known: KnownCode | undefined
    if (options.codeVersion === undefined) {
      const code = await step.code()
      if (!code.known) return { uncacheable: code.reason, at: code.at }
      if (code.readsRun !== undefined && ownKey === undefined) {
        return {
          uncacheable: 'it reads context.run, which differs from run to run, and declares no key',
          at: code.readsRun,
        }
      }
      parts.push(...codeKeyParts(code, step))
      known = code
    } else parts.push({ label: 'codeVersion', value: options.codeVersion })
    addArguments(parts, step)
    const { counted } = countedVariables(options, known)
    const declares = options.files !== undefined || options.urls !== undefined || ownKey !== undefined
    if (declares || counted.length > 0) parts.push(...(await declaredKeyParts(step, counted)))
    return { policy: this.type, parts }
  }

  /**
   * Accepts an entry until it expires. Clocks of machines may differ: what was made in the future counts as new, unless
   * it is so far ahead that the clock which made it was wrong.
   */
  async accept(entry: CacheEntry, { options }: StepForCaching): Promise<Verdict> {
    const expires = options.expires ?? this.#expires
    if (expires === undefined) return ACCEPTED
    const mostMs = parseDuration(expires) ?? Number.POSITIVE_INFINITY
    return Math.abs(Date.now() - entry.endedAt) <= mostMs ? ACCEPTED : EXPIRED
  }
}

function addArguments(parts: KeyPart[], { params, inputs, outputs, options }: StepForCaching): void {
  const { ignore } = options
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || ignore?.params?.includes(name) === true) continue
    parts.push({ label: `param:${name}`, value: toTaggedJson(value) })
  }
  for (const input of inputs) {
    if (ignore?.inputs?.includes(input.name) !== true) parts.push(inputPart(input))
  }
  for (const output of outputs) parts.push({ label: `output:${output.name}`, value: output.type })
}

function inputPart(input: InputForCaching): KeyPart {
  return { label: `input:${input.name}`, value: { type: input.type, digest: input.digest ?? null } }
}
