import { readFileSync } from 'node:fs'

import type { Linker } from '../link/linker.ts'
import { jsxRuntime, type JsxRuntime } from '../link/syntax-settings.ts'
import { codeText } from '../summary/summarize-file.ts'
import type { BundleSource } from './bundle-source.ts'

/**
 * The source of bundles that a walked project is.
 *
 * @param linker the linker of the walk that made the closures
 * @param entries modules that are loaded before the step runs, in order
 */
export function projectSource(linker: Linker, entries: readonly string[]): BundleSource {
  const { modules, resolver } = linker
  return {
    entries,
    summaryOf: (file) => modules.load(file).summary,
    textOf: (file) => codeText(readFileSync(file)),
    elementNames: (file) => {
      const settings = resolver.settingsOf(file)
      return settings === undefined ? [] : namesOf(jsxRuntime(settings, ''))
    },
    resolve: (from, specifier, kind) => resolver.resolve(from, specifier, kind === 'require'),
  }
}

/** The first names of `React.createElement` and `React.Fragment`. */
function namesOf(runtime: JsxRuntime): readonly string[] {
  return runtime.kind === 'names' ? runtime.names.map((name) => name.split('.', 1)[0] ?? '') : []
}
