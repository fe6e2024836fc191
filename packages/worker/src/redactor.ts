import { SECRET_MASK, secretForms, type ArtifactRef, type ErrorRecord } from '@cairnml/core'
import type { Json, Metric, Preview } from '@cairnml/core'

/**
 * Puts `***` in the place of secrets: of their values, of their lines, of both as they are written in JSON and in URLs,
 * and of values that are broken over lines. A value of fewer than four characters is hidden where it stands alone, not
 * inside of words. What a step makes of a secret (its base64 form, its reverse) is not recognised.
 */
export class Redactor {
  readonly #pattern: RegExp | undefined
  /** Characters of the longest form. */
  readonly #longest: number

  constructor(secrets: { readonly [name: string]: string | undefined }) {
    const forms = secretForms(Object.values(secrets).filter((value) => value !== undefined))
    this.#pattern = forms?.pattern
    this.#longest = forms?.longest ?? 0
  }

  /** Whether there is anything to hide. */
  get isNeeded(): boolean {
    return this.#pattern !== undefined
  }

  /** How many characters of an unfinished text can be redacted by themselves: what follows may end a secret. */
  safeLength(text: string): number {
    if (this.#pattern === undefined) return text.length
    const cut = Math.max(0, text.length - this.#longest)
    const across = [...text.matchAll(this.#pattern)].find(
      ({ index, 0: found }) => index < cut && index + found.length > cut,
    )
    return across?.index ?? cut
  }

  text(text: string): string {
    return this.#pattern === undefined ? text : text.replace(this.#pattern, SECRET_MASK)
  }

  /** JSON with its texts and names redacted. */
  json<J extends Json>(json: J): J {
    // Sound: what is no text stays as it is, and texts stay texts.
    return this.#pattern === undefined ? json : (this.#json(json) as J)
  }

  metric(metric: Metric): Metric {
    return this.#pattern === undefined ? metric : { ...metric, name: this.text(metric.name) }
  }

  error(error: ErrorRecord): ErrorRecord {
    if (this.#pattern === undefined) return error
    return {
      ...error,
      code: this.text(error.code),
      message: this.text(error.message),
      ...(error.hint === undefined ? {} : { hint: this.text(error.hint) }),
      ...(error.stack === undefined ? {} : { stack: this.text(error.stack) }),
    }
  }

  /** What an artifact's type says of it; the content is what the step gave. */
  outputs(outputs: { readonly [name: string]: ArtifactRef }): { readonly [name: string]: ArtifactRef } {
    if (this.#pattern === undefined) return outputs
    return Object.fromEntries(Object.entries(outputs).map(([name, ref]) => [name, this.#ref(ref)]))
  }

  #preview(preview: Preview): Preview {
    return preview.kind === 'image' ? preview : { ...preview, text: this.text(preview.text) }
  }

  #ref(ref: ArtifactRef): ArtifactRef {
    const { metadata, preview } = ref
    return {
      ...ref,
      ...(metadata === undefined ? {} : { metadata: this.json(metadata) }),
      ...(preview === undefined ? {} : { preview: this.#preview(preview) }),
    }
  }

  #json(json: Json): Json {
    if (typeof json === 'string') return this.text(json)
    if (typeof json !== 'object' || json === null) return json
    if (isList(json)) return json.map((item) => this.#json(item))
    return Object.fromEntries(Object.entries(json).map(([name, value]) => [this.text(name), this.#json(value)]))
  }
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}
