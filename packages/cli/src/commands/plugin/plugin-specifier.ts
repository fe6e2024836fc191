import { cairnError } from '@cairnml/core'

/** A cmd.exe, by which npm is started on Windows, would read more than a name in these. */
const HOSTILE = process.platform === 'win32' ? /["&|<>%!`^\s]|^-/ : /^-|\0/
const PLACE = /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/]|[a-z+]+:|~)|\.tgz$|\.tar\.gz$/
const PACKAGE = /^(?:@[^/@]+\/[^/@]+|cairnml-plugin-[^/@]+)(?:@.+)?$/

/**
 * What a package manager may be asked for, in this order: a short name stands for two packages, of which the first that
 * exists is meant.
 *
 * @throws CAIRN_NAME_INVALID for what would be read as an option
 */
export function packageSpecifiers(given: string): readonly string[] {
  if (given === '' || HOSTILE.test(given)) {
    throw cairnError('CAIRN_NAME_INVALID', { kind: 'plugin', name: given, reason: 'it is not the name of a package' })
  }
  if (PLACE.test(given) || PACKAGE.test(given)) return [given]
  if (given.includes('/')) return [given]
  return [`@cairnml/plugin-${given}`, `cairnml-plugin-${given}`]
}
