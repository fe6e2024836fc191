import { readFileSync } from 'node:fs'

import { isCode } from '../link/module-resolver.ts'
import { isInNodeModules } from '../packages/manifest.ts'
import type { BundleFiles } from './bundle-files.ts'
import type { BundleOptions } from './bundle-step.ts'
import type { BundleAsset } from './code-bundle.ts'
import { commonJsText } from './commonjs-text.ts'
import { linkModules, type LinkedFile, type ModuleText } from './link-modules.ts'
import { editedText } from './text-edit.ts'
import { syntaxEdits } from './syntax-edits.ts'

/** Files of a bundle that were read. */
export interface ReadAssets {
  /** In order of their paths. */
  readonly assets: readonly BundleAsset[]
  /** Versions, by name, of packages that programs need and that are not inside. */
  readonly packages: ReadonlyMap<string, string>
}

/** Reads the files that a bundle names. Code becomes a bundle of its own, which may name more files. */
export async function readAssets(options: BundleOptions, files: BundleFiles): Promise<ReadAssets> {
  const assets: BundleAsset[] = []
  const packages = new Map<string, string>()
  for (const [path, file] of files.entries) {
    if (!isCode(file)) {
      assets.push({ path, bytes: readFileSync(file) })
      continue
    }
    const linked = await linkProgram(options, files, { path, file })
    assets.push({ path, bytes: Buffer.from(linked.code) }, { path: `${path}.map`, bytes: Buffer.from(linked.map) })
    for (const [name, version] of linked.packages) packages.set(name, version)
  }
  return { assets: assets.toSorted((a, b) => (a.path < b.path ? -1 : 1)), packages }
}

/** A program is not cut: it runs by itself, so all that it asks for counts. */
async function linkProgram(
  { source, profile, projectDir }: BundleOptions,
  files: BundleFiles,
  program: { readonly path: string; readonly file: string },
): Promise<LinkedFile> {
  const textOf = (file: string): ModuleText | undefined => {
    if (!isCode(file) || isInNodeModules(file)) return undefined
    const summary = source.summaryOf(file)
    const text = source.textOf(file)
    if (summary.kind === 'commonjs') return commonJsText(text, { file, projectDir, profile })
    if (summary.kind !== 'module') return undefined
    const urlOf = (specifier: string): string | undefined => files.urlOf(file, program.path, specifier)
    const { edits } = syntaxEdits({ file, text, summary, urlOf, isPlaceKept: profile === 'local' })
    return { code: editedText(text, [0, text.length], edits) }
  }
  return linkModules({
    source,
    profile,
    projectDir,
    entry: program.file,
    virtual: new Map(),
    textOf,
    fileName: program.path,
    outside: new Set(),
  })
}
