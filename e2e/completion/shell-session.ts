import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

import { spawn, type IPty } from '@lydell/node-pty'

import { CAIRN_BIN } from '../project/installed-packages.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'

/** A shell for which there is a completion. */
export type Shell = 'bash' | 'zsh' | 'fish'

/** How each is started without what its user has configured, and how it loads the completion. */
const SHELLS: Readonly<Record<Shell, { readonly args: readonly string[]; readonly set: string }>> = {
  bash: { args: ['--norc', '--noprofile', '-i'], set: 'source <(cairn completion bash)' },
  zsh: { args: ['-f', '-i'], set: 'autoload -U compinit; compinit -u -D; source <(cairn completion zsh)' },
  fish: { args: ['--no-config', '-i'], set: 'cairn completion fish | source' },
}

/**
 * The command that the shell finds as `cairn`: it completes as the real one does, leaving a file behind, and writes down
 * the arguments that anything else gets.
 */
const STAND_IN = `#!/bin/sh
case "$1" in
  completion) exec "$REAL_NODE" "$REAL_CAIRN" "$@" ;;
  complete) "$REAL_NODE" "$REAL_CAIRN" "$@"; echo >> "$STATE/completed" ;;
  *) printf '%s\\n' "$@" > "$STATE/argv.part"; mv "$STATE/argv.part" "$STATE/argv" ;;
esac
`

/** An interactive shell on a pseudo-terminal in a project, with the completion loaded. */
export class ShellSession implements Disposable {
  readonly #pty: IPty
  readonly #project: TemporaryProject
  #output = ''

  private constructor(shell: Shell, project: TemporaryProject) {
    this.#project = project
    project.write({ 'stand-in/cairn': STAND_IN })
    chmodSync(project.path('stand-in/cairn'), 0o755)
    const environment = project.environment()
    this.#pty = spawn(shell, [...SHELLS[shell].args], {
      cols: 200,
      rows: 40,
      cwd: project.dir,
      env: {
        ...environment,
        HOME: project.dir,
        TERM: 'dumb',
        PATH: `${project.path('stand-in')}:${environment['PATH']}`,
        REAL_NODE: process.execPath,
        REAL_CAIRN: CAIRN_BIN,
        STATE: project.path('stand-in'),
      },
    })
    this.#pty.onData((text) => (this.#output += text))
  }

  static async start(shell: Shell, project: TemporaryProject): Promise<ShellSession> {
    const session = new ShellSession(shell, project)
    session.#pty.write(`${SHELLS[shell].set}\r`)
    session.#pty.write('cairn is ready\r')
    await session.#until('argv')
    return session
  }

  /** Types a text with tabs and Enter after it. Gives the arguments that the command gets. */
  async typed(text: string): Promise<readonly string[]> {
    rmSync(this.#project.path('stand-in/argv'), { force: true })
    for (const part of text.split(/(?<=\t)/)) {
      rmSync(this.#project.path('stand-in/completed'), { force: true })
      this.#pty.write(part)
      if (part.endsWith('\t')) await this.#until('completed')
    }
    this.#pty.write('\r')
    await this.#until('argv')
    return readFileSync(this.#project.path('stand-in/argv'), 'utf8').split('\n').slice(0, -1)
  }

  /** Types a text and a tab, and takes the line back. */
  tried(text: string): void {
    this.#pty.write(`${text}\t\u0015`)
  }

  [Symbol.dispose](): void {
    this.#pty.kill()
  }

  async #until(file: string): Promise<void> {
    for (let waits = 0; waits < 400; waits++) {
      if (existsSync(this.#project.path(`stand-in/${file}`))) return
      await setTimeout(50)
    }
    throw new Error(`The shell did not get to ${file}. It wrote:\n${this.#output}`)
  }
}
