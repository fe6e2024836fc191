import { createRequire } from 'node:module'
import path from 'node:path'

import type { Manifest, Tarballs } from '../packed/packed-manifest.ts'
import { INSTALL } from '../packed/packed-project.ts'
import type { ProjectFiles } from '../project/temporary-project.ts'
import { YARN, yarnSettings } from './yarn-project.ts'

/** A way to install packages into folders, other than those in which the other tests do it. */
export interface Installer {
  readonly name: string
  readonly command: readonly string[]
  /** What it needs besides the manifest to take packed packages. */
  readonly files: ProjectFiles
  /** The manifest with packed packages in place of published ones. */
  readonly manifest: (manifest: Manifest, tarballs: Tarballs) => object
}

const requireOwn = createRequire(import.meta.url)
const YARN_CLASSIC = path.join(path.dirname(requireOwn.resolve('yarn-classic/package.json')), 'bin/yarn.js')

/** All of them. */
export function installers(tarballs: Tarballs): readonly Installer[] {
  return [
    {
      name: 'Yarn, as npm does',
      command: [process.execPath, YARN, 'install'],
      files: { 'yarn.lock': '', '.yarnrc.yml': JSON.stringify(yarnSettings('node-modules')) },
      manifest: resolved,
    },
    {
      name: 'Yarn 1',
      command: [
        process.execPath,
        YARN_CLASSIC,
        'install',
        '--silent',
        '--non-interactive',
        '--cache-folder',
        '../yarn-1',
      ],
      files: {},
      manifest: resolved,
    },
    {
      name: 'pnpm, without links',
      command: [...INSTALL.pnpm, '--no-frozen-lockfile'],
      files: { 'pnpm-workspace.yaml': JSON.stringify({ overrides: tarballs, nodeLinker: 'hoisted' }) },
      manifest: (manifest) => manifest,
    },
  ]
}

/** Yarn 1 installs a package twice that is listed and resolved. */
function resolved(manifest: Manifest, tarballs: Tarballs): object {
  const others = Object.entries(tarballs).filter(([name]) => manifest.dependencies?.[name] === undefined)
  return { ...manifest, resolutions: Object.fromEntries(others) }
}
