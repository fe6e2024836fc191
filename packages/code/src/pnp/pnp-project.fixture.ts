import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { IdentityProject, type FoundSteps, type ProjectFiles } from '../identity/identity-project.fixture.ts'

const requireOwn = createRequire(import.meta.url)
const YARN = join(dirname(requireOwn.resolve('@yarnpkg/cli-dist/package.json')), 'bin/yarn.js')
const SETTINGS = {
  nodeLinker: 'pnp',
  enableTelemetry: false,
  enableNetwork: false,
  enableGlobalCache: false,
  globalFolder: './.yarn/global',
}

/** A project whose packages are folders in `vendor`, which Yarn puts into archives: no network is needed. */
export class PnpProject extends IdentityProject {
  /**
   * @param dependencies what the project asks for, by name; `cairnml` is added
   * @param files also those of packages, below `vendor/<name>`
   */
  constructor(dependencies: Readonly<Record<string, string>>, files: ProjectFiles) {
    super(files)
    // Yarn removes the folder in which that project has it.
    cpSync(join(this.dir, 'node_modules/cairnml'), join(this.dir, 'vendor/cairnml'), { recursive: true })
    this.install(dependencies)
  }

  /** Installs what the project asks for, with more fields in its manifest and more settings of Yarn. */
  install(
    dependencies: Readonly<Record<string, string>>,
    { fields = {}, settings = {} }: { readonly fields?: object; readonly settings?: object } = {},
  ): void {
    const manifest = { name: 'project', type: 'module', ...fields }
    this.write({
      'package.json': JSON.stringify({
        ...manifest,
        dependencies: { ...dependencies, cairnml: 'file:./vendor/cairnml' },
      }),
      'yarn.lock': '',
      '.yarnrc.yml': JSON.stringify({ ...SETTINGS, ...settings }),
    })
    execFileSync(process.execPath, [YARN, 'install'], { cwd: this.dir, encoding: 'utf8', env: environment() })
  }

  /** What a program of the project prints as JSON. */
  printed(file: string): Readonly<Record<string, unknown>> {
    return this.steps(file)
  }

  override steps(file = 'main.ts', ...flags: readonly string[]): FoundSteps {
    const loader = pathToFileURL(join(this.dir, '.pnp.loader.mjs')).href
    const preloads = ['--require', join(this.dir, '.pnp.cjs'), '--experimental-loader', loader]
    return super.steps(file, ...preloads, ...flags)
  }
}

/** What a runner of tests has set would be the runner's, and on a server that builds Yarn changes no lockfile. */
function environment(): NodeJS.ProcessEnv {
  const { CI: _, NODE_OPTIONS: __, ...rest } = process.env
  return rest
}
