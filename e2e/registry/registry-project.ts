import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { expect } from 'vitest'

import { INSTALL_MS, TOOLS } from '../packed/packed-project.ts'
import {
  TemporaryProject,
  type CommandOptions,
  type CommandResult,
  type RunningCommand,
} from '../project/temporary-project.ts'

/** The folder of somebody who has nothing but a package manager, and a registry that their `.npmrc` names. */
export class RegistryProject extends TemporaryProject {
  /** Read by every package manager but Yarn, which has variables of its own. */
  readonly #env: Readonly<Record<string, string>>
  /** URL of the registry. */
  readonly registry: string

  /** @param registry URL */
  constructor(registry: string, folder: string) {
    super(folder)
    this.registry = registry
    const home = path.join(this.dir, '../home')
    mkdirSync(home)
    writeFileSync(path.join(home, '.npmrc'), `registry=${registry}\nupdate-notifier=false\naudit=false\nfund=false\n`)
    this.#env = {
      HOME: home,
      USERPROFILE: home,
      // The only Node and pnpm that are sure to be there; npm comes with whatever Node the machine has.
      PATH: [this.path('node_modules/.bin'), ...TOOLS, process.env['PATH'] ?? ''].join(path.delimiter),
      YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''),
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_ENABLE_TELEMETRY: '0',
      // What was published a moment ago is what is tested.
      YARN_NPM_MINIMAL_AGE_GATE: '0',
    }
  }

  /** Starts a line in a shell. */
  starts(line: string, { env, ...options }: CommandOptions = {}): RunningCommand {
    return this.execute(['sh', '-c', line], { timeoutMs: INSTALL_MS, ...options, env: { ...this.#env, ...env } })
  }

  /** Runs a line in a shell. */
  shell(line: string, options?: CommandOptions): Promise<CommandResult> {
    return this.starts(line, options).ended
  }

  /** Runs a line that has to succeed; gives what it prints. */
  async types(line: string, options?: CommandOptions): Promise<string> {
    const { code, stdout, stderr } = await this.shell(line, options)
    expect({ line, code }, stderr + stdout).toEqual({ line, code: 0 })
    return stdout
  }
}
