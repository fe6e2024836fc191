import { toTaggedJson } from '../encoding/tagged-json.ts'
import type { CachePolicy, InputForCaching, KeyPart, KeyTree, StepForCaching, Uncacheable } from './cache-policy.ts'

/**
 * The default policy: a step is the same when its code, its parameters, the content of its inputs and the types of its
 * ports are the same. Names of pipelines and invocations, files' paths, machines and users do not count.
 */
export class ContentCachePolicy implements CachePolicy {
  readonly name: string
  readonly type = 'content'

  constructor(name = 'content') {
    this.name = name
  }

  async describe(step: StepForCaching): Promise<KeyTree | Uncacheable> {
    const code = await step.code()
    if (!code.known) return { uncacheable: code.reason, at: code.at }
    const parts: KeyPart[] = [{ label: 'code', value: code.digest, detail: code.parts }]
    for (const [name, value] of Object.entries(step.params)) {
      if (value !== undefined) parts.push({ label: `param:${name}`, value: toTaggedJson(value) })
    }
    for (const input of step.inputs) parts.push(inputPart(input))
    for (const output of step.outputs) parts.push({ label: `output:${output.name}`, value: output.type })
    return { policy: this.type, parts }
  }
}

function inputPart(input: InputForCaching): KeyPart {
  return { label: `input:${input.name}`, value: { type: input.type, digest: input.digest ?? null } }
}
