/** The bytes that every `.npy` file starts with: `\x93NUMPY`. */
export const MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** The data start at a multiple of this many bytes. */
export const DATA_ALIGNMENT_BYTES = 64

/** Longest header that is written or read, in bytes. Only arrays of more than 300,000 axes need more. */
export const MAX_HEADER_BYTES: number = 1024 * 1024
