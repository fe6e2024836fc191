import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

import { ROOT } from '../repository/repository.ts'

/** How a shell script ended. */
export interface ScriptResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a shell script in a project as its user would: the project's commands first, and no setting of ours. */
export function runScript(script: string, project: string, timeoutMs = 120_000): Promise<ScriptResult> {
  const bins = [join(project, 'node_modules/.bin'), join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? '']
  const ours = Object.entries(process.env).filter(([name]) => !/^(CAIRN_|NODE_OPTIONS$)/.test(name))
  return new Promise((settle, refuse) => {
    const child = spawn('sh', ['-e', '-c', script], {
      cwd: project,
      env: {
        ...Object.fromEntries(ours),
        PATH: bins.join(delimiter),
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        HOME: project,
        // Its folder would be among the files of the reader.
        NODE_DISABLE_COMPILE_CACHE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what the script started ends with it.
      detached: true,
    })
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), timeoutMs)
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
    child.on('error', refuse)
    child.on('close', (code) => {
      clearTimeout(timer)
      settle({ exitCode: code ?? 128, ...output })
    })
  })
}
