import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { PackageJson } from './package-json.ts'

/** Packages that are only depended on by those that load or build machine code. */
const LOADERS: ReadonlySet<string> = new Set([
  '@mapbox/node-pre-gyp',
  '@napi-rs/wasm-runtime',
  'bindings',
  'cmake-js',
  'ffi-napi',
  'koffi',
  'nan',
  'neon-cli',
  'node-addon-api',
  'node-gyp',
  'node-gyp-build',
  'node-gyp-build-optional-packages',
  'node-pre-gyp',
  'pkg-prebuilds',
  'prebuild-install',
])
/** `@img/sharp-linux-x64`, `@esbuild/darwin-arm64`: machine code for one system, which may not be installed here. */
const FOR_ONE_SYSTEM =
  /(?:^|[-/])(?:linux|linuxmusl|darwin|win32|freebsd|android)-(?:x?64|ia32|arm64|arm|armv7|riscv64|ppc64)/
/** Where built machine code is kept, relative to the package. */
const PLACES = ['', 'build/Release', 'prebuilds', 'lib', 'lib/binding', 'dist', 'bin', 'native']

/** Whether a package holds or loads machine code, so that its results may depend on the machine. */
export function isNativePackage(dir: string, json: PackageJson): boolean {
  if (json.isForSomeSystems || json.hasNativeFields) return true
  const dependsOnLoader = Array.from(json.dependencies.keys()).some((name) => LOADERS.has(name))
  return dependsOnLoader || Array.from(json.optional).some((name) => FOR_ONE_SYSTEM.test(name)) || holdsCode(dir)
}

function holdsCode(dir: string): boolean {
  return PLACES.some((place) => {
    const names = namesIn(join(dir, place))
    if (names.includes('binding.gyp') || names.some((name) => name.endsWith('.node'))) return true
    return place === 'prebuilds' && names.length > 0
  })
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}
