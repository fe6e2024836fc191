import type { Component, OperationOptions } from '../plugin/component.ts'
import { token, type Token } from '../container/token.ts'

/**
 * What an object is made from: bytes in memory, a file on this machine, or a stream. Bytes may be changed by their owner
 * once the put has resolved. A stream gives its pieces away: it does not change one that it gave, so a store may keep
 * pieces for as long as it likes. A store never changes what it is given.
 */
export type ObjectBody = Uint8Array | { readonly file: string } | AsyncIterable<Uint8Array>

/** What a store knows of an object without reading it. */
export interface ObjectInfo {
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** When it was last put: milliseconds since the epoch, by the clock of the store. */
  readonly lastModifiedMs: number
}

/** How an object is put. */
export interface PutOptions extends OperationOptions {
  /** Leave an object that is there already as it is. Needs the capability `ifAbsent`. @default false */
  readonly ifAbsent?: boolean | undefined
}

/** What became of a put. */
export interface PutResult extends ObjectInfo {
  /** False if `ifAbsent` found an object there. */
  readonly written: boolean
}

/** Which part of an object is read: from `start`, `length` bytes or to the end. */
export interface ByteRange {
  readonly start: number
  readonly length?: number | undefined
}

/** How an object is read. */
export interface GetOptions extends OperationOptions {
  readonly range?: ByteRange | undefined
}

/** What a store can do beyond the required methods. An absent flag means no. */
export interface ArtifactStoreCapabilities {
  /** `put` with `ifAbsent` is atomic: of several writers exactly one is told `written: true`. */
  readonly ifAbsent?: true | undefined
}

/**
 * An object store: keys to immutable bytes. Content addressing is built on top of it, in `artifact/`, once.
 *
 * Promises: a `put` is whole or not at all, also when the process dies in the middle; after it resolved every reader
 * sees the object. `undefined` means "not there"; an error means "could not tell". An aborted `signal` rejects with its
 * reason and leaves nothing visible; it ends a read in the middle, too. A reader gets the object that it began with, or an
 * error, whatever becomes of the key. A stream that is not read to the end is closed. Keys obey `assertObjectKey`;
 * anything else is CAIRN_STORE_KEY_INVALID. Where one key is the folder of another (`a` and `a/b`) a store may refuse the
 * second with an error.
 */
export interface ArtifactStore extends Component {
  readonly capabilities: ArtifactStoreCapabilities
  /** Stores an object under a key, replacing what was there unless `ifAbsent` is set. */
  put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutResult>
  /**
   * The bytes of an object, or `undefined` where there is none. A range beyond the end gives what there is. A piece
   * belongs to the reader, who may keep and change it: no later piece shares its memory.
   */
  get(key: string, options?: GetOptions): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Size and time of an object, or `undefined` where there is none. */
  stat(key: string, options?: OperationOptions): Promise<ObjectInfo | undefined>
  /** Objects whose key starts with the prefix, ordered by the code units of their keys. */
  list(prefix: string, options?: OperationOptions): AsyncIterable<ObjectInfo>
  /** Removes an object; one that is not there is no fault. */
  delete(key: string, options?: OperationOptions): Promise<void>
  /**
   * Says of an object that is not there what lies in its place and what to do about it, as the end of a sentence:
   * `/srv/a/b is a folder; move it away`. `undefined` where nothing does. Only a message needs it.
   */
  obstacle?(key: string): Promise<string | undefined>
}

/** Where the artifact store of a stack is found. */
export const ARTIFACT_STORE: Token<ArtifactStore> = token('ArtifactStore')
