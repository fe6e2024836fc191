import { createRequire } from 'node:module'
import path from 'node:path'

import { INSTALL_MS, inPackedProject, packAll } from '../packed/packed-project.ts'
import { TemporaryProject, type CommandResult } from '../project/temporary-project.ts'

const requireOwn = createRequire(import.meta.url)

/** The program, which needs no other one that would choose its version. */
export const YARN: string = path.join(path.dirname(requireOwn.resolve('@yarnpkg/cli-dist/package.json')), 'bin/yarn.js')

/** A folder into which Yarn has installed the packed packages of this repository, with Plug'n'Play. */
export class YarnProject extends TemporaryProject {
  /** The tarball of a package, by its name. */
  tarballs: Readonly<Record<string, string>> = {}

  /**
   * @param dependencies versions by name, besides those of Cairn
   * @throws Error if a package cannot be packed or installed
   */
  static async create(dependencies: Readonly<Record<string, string>>): Promise<YarnProject> {
    const project = new YarnProject('yarn-app')
    project.write({ 'package.json': '{}' })
    project.tarballs = await packAll(project, '../tarballs')
    const all = { ...dependencies, cairnml: project.tarballs['cairnml'] }
    const manifest = { name: 'yarn-app', private: true, type: 'module', dependencies: all }
    project.write({
      'package.json': JSON.stringify({ ...manifest, resolutions: project.tarballs }, undefined, 2),
      'yarn.lock': '',
      '.yarnrc.yml': JSON.stringify(yarnSettings('pnp')),
    })
    await project.succeeds('install')
    return project
  }

  /** Runs Yarn. */
  yarn(...args: readonly string[]): Promise<CommandResult> {
    return inPackedProject(this, [process.execPath, YARN, ...args], { timeoutMs: INSTALL_MS })
  }

  /** Runs Yarn, which has to succeed. */
  async succeeds(...args: readonly string[]): Promise<CommandResult> {
    const result = await this.yarn(...args)
    if (result.code === 0) return result
    throw new Error(`yarn ${args.join(' ')} ended with ${result.code}:\n${result.stderr}${result.stdout}`)
  }

  /** Which steps a run really executes. */
  async executed(file: string): Promise<readonly string[]> {
    return (await this.succeeds('cairn', 'run', file)).steps
  }
}

/** Everything that Yarn keeps is beside the project, and goes with it. */
export function yarnSettings(nodeLinker: 'pnp' | 'node-modules'): object {
  return { ...SETTINGS, nodeLinker, ...network() }
}

const SETTINGS = {
  enableTelemetry: false,
  enableGlobalCache: false,
  enableMirror: false,
  globalFolder: '../yarn',
  // Packages of the repository have just been made.
  npmMinimalAgeGate: 0,
}

/** The registry and the proxy that are configured for npm. */
function network(): Readonly<Record<string, unknown>> {
  const registry = process.env['npm_config_registry'] ?? process.env['NPM_CONFIG_REGISTRY']
  const proxy = process.env['https_proxy'] ?? process.env['HTTPS_PROXY']
  return {
    ...(registry !== undefined && { npmRegistryServer: registry }),
    ...(registry?.startsWith('http:') === true && { unsafeHttpWhitelist: [new URL(registry).hostname] }),
    ...(proxy !== undefined && { httpsProxy: proxy }),
  }
}
