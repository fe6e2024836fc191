import type { StepClosure } from '../closure/step-closure.ts'
import { bundleDigest } from './bundle-digest.ts'
import { BundleFiles } from './bundle-files.ts'
import { readAssets } from './bundle-assets.ts'
import type { BundleSource } from './bundle-source.ts'
import { BUNDLE_FILE, type BundleProfile, type CodeBundle, type Unbundleable } from './code-bundle.ts'
import { keptCode } from './kept-code.ts'
import { linkModules } from './link-modules.ts'
import { StepModules } from './step-modules.ts'
import { UnbundleableError } from './unbundleable-error.ts'

/** A step that is to be bundled. */
export interface BundleOptions {
  readonly source: BundleSource
  /** Real path of the folder of the project. */
  readonly projectDir: string
  readonly profile: BundleProfile
  /** The closure of the step's function. */
  readonly closure: StepClosure
  /** The closures of those of its ports that are not built from Cairn's own types alone. */
  readonly ports?: readonly StepClosure[] | undefined
  /** Values of the names of scopes around the step that it uses. */
  readonly captured?: ReadonlyMap<string, unknown> | undefined
  /** Path of Cairn's core. @default the one that this process uses */
  readonly corePath?: string | undefined
}

/**
 * Makes a step an ES module that runs without its project: the code that the closure has, and nothing else. The same
 * closures give the same bytes; for `portable`, in whatever folder the project lies.
 */
export async function bundleStep(options: BundleOptions): Promise<CodeBundle | Unbundleable> {
  try {
    return await bundled(options)
  } catch (error) {
    if (!(error instanceof UnbundleableError)) throw error
    return { bundled: false, reason: error.message, ...(error.at !== undefined && { at: error.at }) }
  }
}

async function bundled(options: BundleOptions): Promise<CodeBundle> {
  const { closure, ports = [], source, projectDir } = options
  const closures = [closure, ...ports]
  for (const { reasons } of closures)
    if (reasons[0] !== undefined) throw new UnbundleableError(reasons[0].reason, reasons[0].at)
  const files = new BundleFiles(projectDir)
  const modules = new StepModules(
    { ...options, captured: capturedValues(options, closures) },
    keptCode(source, closures),
    files,
  )
  const linked = await linkModules({
    ...options,
    entry: modules.entry,
    virtual: await modules.virtual(),
    textOf: (file) => modules.textOf(file),
    mayHaveDecorators: () => modules.hasDecorators,
    fileName: BUNDLE_FILE,
    outside: new Set(),
  })
  const { assets, packages } = await readAssets(options, files)
  const nativePackages = Object.fromEntries([...linked.packages, ...packages].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const parts = { code: linked.code, map: linked.map, assets, nativePackages }
  return { bundled: true, ...parts, digest: bundleDigest(parts) }
}

/** @throws UnbundleableError if the value of a captured name is not known */
function capturedValues({ captured }: BundleOptions, closures: readonly StepClosure[]): ReadonlyMap<string, unknown> {
  const names = [...new Set(closures.flatMap((closure) => closure.captured))].toSorted()
  return new Map(
    names.map((name) => {
      if (captured?.has(name) !== true) throw new UnbundleableError(`it uses ${name} of the function around it`)
      return [name, captured.get(name)]
    }),
  )
}
