import { BlobArtifactStore } from '../src/blob-store.ts'

const { BLOB_URL: url = '', BLOB_SAS: sas = '' } = process.env

/** Opens the store in the container that the environment names, as other processes do: its name is its prefix. */
export function openComponent(prefix: string): BlobArtifactStore {
  return new BlobArtifactStore(prefix, { url, sas, prefix, blockBytes: 2_097_152, conditionalPut: true })
}
