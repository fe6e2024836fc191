import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { packedManifest, type PackageManager, type Tarballs } from './packed-manifest.ts'
import { REPOSITORY } from '../project/installed-packages.ts'
import { TemporaryProject, type CommandOptions, type CommandResult } from '../project/temporary-project.ts'

/** With an empty npm cache and a slow network it takes minutes. */
export const INSTALL_MS = 600_000

const BIN = path.join(REPOSITORY, 'node_modules/.bin')
/** Folders of the Node of these tests, and of the commands that the repository brings. */
export const TOOLS: readonly string[] = [path.dirname(process.execPath), BIN]
/** The pnpm of this repository. */
export const PNPM: string = path.join(BIN, 'pnpm')

/** How what a manifest lists is installed, without asking the network for what is here. */
export const INSTALL: { readonly [M in PackageManager]: readonly string[] } = {
  npm: ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'],
  pnpm: [PNPM, 'install', '--prefer-offline'],
}

/** What an installed project depends on. */
export interface PackedProjectOptions {
  readonly manager: PackageManager
  /** Versions by name; of a package of this repository it does not matter which one is written. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/**
 * An empty folder into which the packages of this repository were installed from tarballs, as they are published.
 *
 * @throws Error if a package cannot be packed or installed
 */
export async function packedProject(options: PackedProjectOptions): Promise<TemporaryProject> {
  const project = new TemporaryProject('stranger')
  project.write({ 'package.json': '{}' })
  const tarballs = await packAll(project, 'tarballs')
  const { manager, dependencies, devDependencies } = options
  const manifest = { name: 'stranger', private: true, type: 'module', dependencies, devDependencies }
  project.write(packedManifest(manifest, manager, tarballs))
  await succeed(project, INSTALL[manager])
  return project
}

/**
 * Runs a command with the Node of these tests, the project's own commands, and the registry that is configured.
 *
 * @param options environment that is added, and a folder from which relative paths count, by default the project's
 */
export function inPackedProject(
  project: TemporaryProject,
  command: readonly string[],
  { env: added, ...options }: CommandOptions = {},
): Promise<CommandResult> {
  const configured = Object.entries(process.env).filter(([name]) =>
    /^(?:npm_config_(?:registry|cache)|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file)$/i.test(name),
  )
  const folders = [project.path('node_modules/.bin'), ...TOOLS, process.env['PATH'] ?? '']
  const env = {
    // Warnings about the settings of whoever runs these tests are not what is tested.
    npm_config_loglevel: 'error',
    ...Object.fromEntries(configured.map(([name, value]) => [name, value ?? ''])),
    PATH: folders.join(path.delimiter),
    ...added,
  }
  return project.execute(command, { timeoutMs: INSTALL_MS, ...options, env }).ended
}

/**
 * Packs each package that is published.
 *
 * @param folder where the tarballs are written, from the project
 * @returns `file:` URLs by the names of the packages
 */
export async function packAll(project: TemporaryProject, folder: string): Promise<Tarballs> {
  const manifestFiles = globSync('{packages,plugins}/*/package.json', { cwd: REPOSITORY }).toSorted()
  const packed: Record<string, string> = {}
  for (const file of manifestFiles) {
    // Sound for what is read of it: npm would not take a manifest of another form.
    const { name, private: isPrivate } = JSON.parse(readFileSync(path.join(REPOSITORY, file), 'utf8')) as {
      readonly name: string
      readonly private?: boolean
    }
    if (isPrivate === true) continue
    const tarball = project.path(`${folder}/${name.replace('@', '').replace('/', '-')}.tgz`)
    await succeed(project, [PNPM, '-C', path.join(REPOSITORY, path.dirname(file)), 'pack', '--out', tarball], {
      cwd: '..',
    })
    packed[name] = `file:${tarball}`
  }
  return packed
}

/** Runs a command that has to end well. @throws Error if it does not */
export async function succeed(
  project: TemporaryProject,
  command: readonly string[],
  options?: CommandOptions,
): Promise<CommandResult> {
  const result = await inPackedProject(project, command, options)
  const { code, stdout, stderr } = result
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${stderr}${stdout}`)
  return result
}
