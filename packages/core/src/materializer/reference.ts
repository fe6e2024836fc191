import { cairnError } from '../errors/cairn-error.ts'
import { referencePlace, type ReferencePlace } from '../outside/reference-place.ts'
import { referenceState } from '../outside/reference-state.ts'
import { jsonText } from './json.ts'
import { materializer, type FileReader, type Materializer } from './materializer.ts'

const FILE = 'reference.json'

interface Stored {
  readonly uri: string
  readonly state: string
}

/**
 * A path or URL (`file:`, `http:`, `https:`) of data that is never copied. It counts by the content of the file, of all
 * files below the folder, or by what the server says of the URL (ETag, else time of modification, else content). A path
 * is relative to the project; a reader gets it absolute.
 *
 * Before a result with such an output is reused, what is there is looked at again: where it changed or is gone, the step
 * runs; where nobody can tell, it fails with CAIRN_REFERENCE_UNREACHABLE.
 */
export const reference: Materializer<string> = materializer<string>({
  name: 'reference',
  version: 1,
  write: async (value, files) => {
    const place = referencePlace(value)
    const state = await referenceState(place, files.outside)
    if (state === undefined) {
      throw cairnError('CAIRN_REFERENCE_UNREACHABLE', { reference: place.shown, problem: 'there is nothing' })
    }
    await files.write(FILE, jsonText({ uri: place.stored, state }))
  },
  read: async (files) => {
    const { place } = await storedReference(files)
    return place.kind === 'path' ? place.path : place.stored
  },
  changed: async (files) => {
    const { place, state } = await storedReference(files)
    const now = await referenceState(place, files.outside)
    if (now === undefined) return `the reference ${place.shown} is gone`
    return now === state ? undefined : `the reference ${place.shown} changed`
  },
  metadata: (value) => ({ uri: referencePlace(value).shown }),
  preview: (value) => ({ kind: 'text', text: referencePlace(value).shown }),
})

async function storedReference(files: FileReader): Promise<{ readonly place: ReferencePlace; readonly state: string }> {
  const stored = JSON.parse(await files.text()) as Partial<Stored> | null
  if (typeof stored?.uri !== 'string' || typeof stored.state !== 'string')
    throw new TypeError('it is no stored reference')
  return { place: referencePlace(stored.uri), state: stored.state }
}
