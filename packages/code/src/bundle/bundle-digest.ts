import { createHash } from 'node:crypto'

import type { CodeBundle } from './code-bundle.ts'

/** sha256 as hex over everything that a bundle consists of. */
export function bundleDigest({ code, map, assets, nativePackages }: Omit<CodeBundle, 'bundled' | 'digest'>): string {
  const hash = createHash('sha256')
  const add = (part: string | Uint8Array): void => {
    hash.update(`${Buffer.byteLength(part)}:`)
    hash.update(part)
  }
  add('cairn bundle 1')
  add(code)
  add(map)
  for (const { path, bytes } of assets) {
    add(path)
    add(bytes)
  }
  add(JSON.stringify(nativePackages))
  return hash.digest('hex')
}
