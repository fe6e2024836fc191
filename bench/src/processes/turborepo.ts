import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import nodePath from 'node:path'

const PLATFORMS: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: '64', arm64: 'arm64' }

/** A monorepo of packages with one task each that does nothing, which Turborepo has run once. */
export class TurborepoProject {
  readonly #dir: string
  readonly #turbo: string

  /** @param tasks how many packages, and so tasks, there are */
  constructor(dir: string, tasks: number) {
    this.#dir = dir
    this.#turbo = turboBinary()
    this.#write('package.json', { name: 'monorepo', private: true, packageManager: 'bun@1.2.0', workspaces: ['p/*'] })
    this.#write('bun.lock', { lockfileVersion: 1, workspaces: {}, packages: {} })
    this.#write('turbo.json', { tasks: { nothing: { inputs: ['package.json'], outputs: [] } } })
    for (let task = 0; task < tasks; task++) {
      this.#write(`p/p${task}/package.json`, { name: `p${task}`, version: '1.0.0', scripts: { nothing: 'exit 0' } })
    }
    // Turborepo starts each task through the package manager: one that does nothing spares minutes of start-up.
    mkdirSync(nodePath.join(dir, 'bin'))
    writeFileSync(nodePath.join(dir, 'bin', 'bun'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    this.run()
  }

  /** Milliseconds of the whole process; all tasks but those of the first run are replayed. */
  run(): number {
    const PATH = `${nodePath.join(this.#dir, 'bin')}${nodePath.delimiter}${process.env['PATH']}`
    const begun = performance.now()
    const ended = spawnSync(this.#turbo, ['run', 'nothing', '--output-logs=none'], {
      cwd: this.#dir,
      env: { ...process.env, PATH, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
      encoding: 'utf8',
    })
    const ms = performance.now() - begun
    if (ended.status !== 0) throw new Error(`turbo ended with ${ended.status ?? ended.signal}: ${ended.stderr}`)
    return ms
  }

  #write(path: string, content: object): void {
    const file = nodePath.join(this.#dir, path)
    mkdirSync(nodePath.dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(content))
  }
}

/** The program itself, without the script of Node around it. */
function turboBinary(): string {
  const root = createRequire(new URL('../../../package.json', import.meta.url))
  const turbo = createRequire(root.resolve('turbo/package.json'))
  const platform = `${PLATFORMS[process.platform]}-${ARCHITECTURES[process.arch]}`
  return turbo.resolve(`@turbo/${platform}/bin/turbo${process.platform === 'win32' ? '.exe' : ''}`)
}
