import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { INSTALL_MS, PNPM, packAll, succeed } from '../packed/packed-project.ts'
import type { RunningProcess } from '../project/running-process.ts'
import { TemporaryProject } from '../project/temporary-project.ts'
import { MADE_PACKAGES, type MadePackage } from './made-packages-data.ts'

const HERE = import.meta.dirname
/** Anybody who has a token publishes; what nobody has published comes from the registry of this machine. */
const TOKEN = 'token-of-the-publisher'

/** A registry on this machine with the packages of this repository, and some plugins that others made. */
export class LocalRegistry implements Disposable {
  readonly url: string
  readonly #folder: TemporaryProject
  readonly #process: RunningProcess

  private constructor(folder: TemporaryProject, process: RunningProcess, url: string) {
    this.#folder = folder
    this.#process = process
    this.url = url
  }

  /** @throws Error if it cannot be started, or something cannot be published */
  static async start(): Promise<LocalRegistry> {
    const folder = new TemporaryProject('registry')
    mkdirSync(folder.dir)
    await succeed(folder, [
      PNPM,
      '-C',
      path.join(HERE, 'verdaccio'),
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
    ])
    folder.write({ 'config.yaml': JSON.stringify(await configuration(folder)) })
    const { process: server } = folder.execute(
      [process.execPath, path.join(HERE, 'serve.ts'), folder.path('config.yaml')],
      {
        timeoutMs: INSTALL_MS,
        env: ofCertificates(),
      },
    )
    server.ended.catch(() => undefined)
    await server.printed('Registry: ')
    const [, url = ''] = /^Registry: (\S+)$/m.exec(server.stdout) ?? []
    const registry = new LocalRegistry(folder, server, url)
    for (const tarball of Object.values(await packAll(folder, 'tarballs'))) {
      await registry.#publish(tarball.replace(/^file:/, ''))
    }
    for (const made of MADE_PACKAGES) await registry.#make(made)
    return registry
  }

  [Symbol.dispose](): void {
    this.#process.kill('SIGKILL')
    this.#folder[Symbol.dispose]()
  }

  async #make({ code, tag = 'latest', ...manifest }: MadePackage): Promise<void> {
    const folder = this.#folder.path(`made/${manifest.name}-${manifest.version}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module', main: 'index.js', ...manifest }))
    writeFileSync(path.join(folder, 'index.js'), code)
    await this.#publish(folder, tag)
  }

  async #publish(what: string, tag = 'latest'): Promise<void> {
    const auth = `--config.${this.url.replace('http:', '')}:_authToken=${TOKEN}`
    await succeed(this.#folder, [PNPM, 'publish', what, '--registry', this.url, '--no-git-checks', '--tag', tag, auth])
  }
}

async function configuration(folder: TemporaryProject): Promise<object> {
  const all = { access: '$all', publish: '$all' }
  const { stdout } = await succeed(folder, ['npm', 'config', 'get', 'registry'])
  return {
    storage: folder.path('storage'),
    max_body_size: '100mb',
    uplinks: { upstream: { url: stdout.trim(), cache: true } },
    packages: {
      '@cairnml/*': all,
      'cairnml*': all,
      'create-cairnml': all,
      '@sealed/*': { access: '$authenticated', publish: '$all' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    log: { type: 'stdout', level: 'error' },
  }
}

/** How this machine reaches the registry behind. */
function ofCertificates(): Readonly<Record<string, string>> {
  const names = /^(?:https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file)$/i
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (names.test(name) ? [[name, value ?? '']] : [])),
  )
}
