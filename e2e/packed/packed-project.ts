import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { REPOSITORY } from '../project/installed-packages.ts'
import { TemporaryProject, type CommandResult } from '../project/temporary-project.ts'

/** With an empty npm cache and a slow network it takes minutes. */
export const INSTALL_MS = 600_000

const PNPM = path.join(REPOSITORY, 'node_modules/.bin/pnpm')

/** A program that installs packages. */
export type PackageManager = 'npm' | 'pnpm'

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
  const tarballs = await packAll(project)
  project.write(manifests(options, tarballs))
  const { manager } = options
  const install =
    manager === 'npm'
      ? ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline']
      : [PNPM, 'install', '--prefer-offline']
  await succeed(project, install)
  return project
}

/** Runs a command with the Node of these tests, the project's own commands, and the registry that is configured. */
export function inPackedProject(project: TemporaryProject, command: readonly string[]): Promise<CommandResult> {
  const configured = Object.entries(process.env).filter(([name]) =>
    /^(?:npm_config_(?:registry|cache)|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file)$/i.test(name),
  )
  const folders = [project.path('node_modules/.bin'), path.dirname(process.execPath), process.env['PATH'] ?? '']
  const env = {
    // Warnings about the settings of whoever runs these tests are not what is tested.
    npm_config_loglevel: 'error',
    ...Object.fromEntries(configured.map(([name, value]) => [name, value ?? ''])),
    PATH: folders.join(path.delimiter),
  }
  return project.execute(command, { env, timeoutMs: INSTALL_MS }).ended
}

/** The tarball of each package that is published, by its name. */
async function packAll(project: TemporaryProject): Promise<Readonly<Record<string, string>>> {
  const manifestFiles = globSync('{packages,plugins}/*/package.json', { cwd: REPOSITORY }).toSorted()
  const packed: Record<string, string> = {}
  for (const file of manifestFiles) {
    // Sound for what is read of it: npm would not take a manifest of another form.
    const { name, private: isPrivate } = JSON.parse(readFileSync(path.join(REPOSITORY, file), 'utf8')) as {
      readonly name: string
      readonly private?: boolean
    }
    if (isPrivate === true) continue
    const tarball = project.path(`tarballs/${name.replace('@', '').replace('/', '-')}.tgz`)
    await succeed(project, [PNPM, '-C', path.join(REPOSITORY, path.dirname(file)), 'pack', '--out', tarball])
    packed[name] = `file:${tarball}`
  }
  return packed
}

function manifests(
  { manager, dependencies, devDependencies = {} }: PackedProjectOptions,
  tarballs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const wanted = Object.entries(dependencies).map(([name, version]) => [name, tarballs[name] ?? version])
  const manifest = {
    name: 'stranger',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(wanted) as Record<string, string>,
    devDependencies,
  }
  // Packages of the repository depend on versions of one another that no registry has.
  const overrides = Object.entries(tarballs).filter(([name]) => dependencies[name] === undefined)
  if (manager === 'npm') {
    return { 'package.json': JSON.stringify({ ...manifest, overrides: Object.fromEntries(overrides) }) }
  }
  return {
    'package.json': JSON.stringify(manifest),
    'pnpm-workspace.yaml': JSON.stringify({ overrides: tarballs }),
  }
}

async function succeed(project: TemporaryProject, command: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await inPackedProject(project, command)
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${stderr}${stdout}`)
}
