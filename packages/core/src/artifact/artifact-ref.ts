import type { Json } from '../encoding/tagged-json.ts'

/** Something small to look at instead of the value: at most 4000 characters of text, or 96 kB of a picture. */
export type Preview =
  | { readonly kind: 'text' | 'markdown' | 'json'; readonly text: string }
  | { readonly kind: 'image'; readonly mediaType: 'image/png' | 'image/jpeg'; readonly base64: string }

/** One file of an artifact. */
export interface ArtifactFile {
  /** Relative, with forward slashes. */
  readonly path: string
  /** sha256 of the content. */
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

interface ArtifactBase {
  /** Identity of the content: equal digests mean equal artifacts. */
  readonly digest: string
  /** Bytes of all content together. */
  readonly size: number
  /** Name and version of the materializer, `npy@1`; for a collection that of its items. */
  readonly type: string
  /** Facts about the value that its materializer gave: shape, dtype, rows. */
  readonly metadata?: { readonly [name: string]: Json } | undefined
  readonly preview?: Preview | undefined
  /** Where data from outside came from: the path that was given, or `value`. Does not count. */
  readonly external?: string | undefined
}

/** Immutable bytes with a type, as records and manifests refer to them. */
export type ArtifactRef =
  /** One file; its blob's digest is the artifact's. */
  | (ArtifactBase & { readonly kind: 'file'; readonly path: string })
  /** Several files; the digest is that of the tree object that lists them. */
  | (ArtifactBase & { readonly kind: 'tree' })
  /** An ordered list; the digest is that of the tree object that lists the items. */
  | (ArtifactBase & { readonly kind: 'collection'; readonly count: number })
