import type { Materializer, Metadata } from '../materializer/materializer.ts'
import { jsonText } from '../materializer/json.ts'
import type { ArtifactFile, ArtifactRef, Preview } from './artifact-ref.ts'

const MOST_CHARACTERS = 4000
const MOST_BASE64 = 128 * 1024
const MOST_METADATA = 8192
const MOST_REASON = 200

/** A stored value and who is told what could not be said of it. */
export interface DescribedValue {
  readonly by: Materializer<unknown>
  readonly value: unknown
  readonly files: readonly ArtifactFile[]
  /** Names the value: `The output "model" of step "train"`. */
  readonly where: string
  readonly warn?: ((sentence: string) => void) | undefined
}

/** What a materializer says of a value, within bounds. It is never a reason for not storing the value. */
export async function describeValue(of: DescribedValue): Promise<Pick<ArtifactRef, 'metadata' | 'preview'>> {
  const { by, value, files } = of
  const metadata = await tried('metadata', of, async () => boundedMetadata(await by.metadata?.(value, files)))
  const preview = await tried('preview', of, async () => boundedPreview(await by.preview?.(value, files)))
  return { ...(metadata === undefined ? {} : { metadata }), ...(preview === undefined ? {} : { preview }) }
}

async function tried<T>(
  what: 'metadata' | 'preview',
  of: DescribedValue,
  make: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await make()
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, MOST_REASON)
    of.warn?.(`${of.where} is stored without ${what}: its materializer ${of.by.name} gave none (${reason}).`)
    return undefined
  }
}

function boundedMetadata(metadata: Metadata | undefined): Metadata | undefined {
  if (metadata === undefined) return undefined
  // What JSON would lose or change must not come back as something else.
  const { length } = jsonText(metadata, 'The metadata')
  if (length > MOST_METADATA) throw new RangeError(`it has ${length} characters, more than ${MOST_METADATA}`)
  return metadata
}

function boundedPreview(preview: Preview | undefined): Preview | undefined {
  if (preview === undefined) return undefined
  if (preview.kind === 'image') {
    const { length } = preview.base64
    if (length > MOST_BASE64) throw new RangeError(`the picture takes ${length} characters, more than ${MOST_BASE64}`)
    return preview
  }
  if (typeof preview.text !== 'string') throw new TypeError('its text is no string')
  if (preview.text.length <= MOST_CHARACTERS) return preview
  return { kind: preview.kind, text: `${preview.text.slice(0, MOST_CHARACTERS).toWellFormed()}…` }
}
