import { contentOfFile } from '../artifact/blob.ts'
import { urlState } from './url-state.ts'

/** How what lies outside of the artifact store is now; what a reference is compared by. */
export interface OutsideState {
  /** sha256 of a file's content, as hex. Faults of the file system come as they are. */
  fileDigest(path: string): Promise<string>
  /**
   * `etag:...`, `modified:...` or `sha256:...` of what a URL gives.
   *
   * @throws an Error whose message is one clause, with the `status` of the answer if there was one
   */
  urlState(url: string): Promise<string>
}

/** Looks at everything anew, remembering nothing. */
export const FRESH_OUTSIDE: OutsideState = {
  fileDigest: async (path) => (await contentOfFile(path)).digest,
  urlState: (url) => urlState(url),
}
