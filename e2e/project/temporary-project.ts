import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { BASE_FILES, CAIRN_BIN, linkPackages } from './installed-packages.ts'
import { RunningProcess, type ProcessResult } from './running-process.ts'

/** Text of each file, by its path in the project. */
export type ProjectFiles = Readonly<Record<string, string>>

/** How a command is run in a project. */
export interface CommandOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where it starts, relative to the project. @default '.' */
  readonly cwd?: string
  readonly timeoutMs?: number
}

/** How a file is run in a project. */
export interface RunOptions extends CommandOptions {
  /** Runs `node <file>` in place of `cairn run <file>`. @default false */
  readonly node?: boolean
}

/** How a command ended in a project. */
export interface CommandResult extends ProcessResult {
  /** What the steps that really executed called themselves, sorted. */
  readonly steps: readonly string[]
  /** What the program printed after `RESULT `, parsed. */
  readonly result: unknown
}

/** A command that goes on. */
export interface RunningCommand {
  readonly process: RunningProcess
  readonly ended: Promise<CommandResult>
}

/** Each user's own: nobody may write into that of somebody else, or run what he left there. */
const COMPILE_CACHE = path.join(os.tmpdir(), `cairn-e2e-compile-cache-${os.userInfo().uid}`)

/** A project in a folder of its own, outside of this repository, removed with all that its processes left. */
export class TemporaryProject implements Disposable {
  readonly dir: string
  readonly #root: string
  #commands = 0

  /** @param folder name of the project's folder */
  constructor(folder = 'project') {
    this.#root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'cairn-e2e-')))
    this.dir = path.join(this.#root, folder)
    mkdirSync(path.join(this.#root, 'tmp'))
  }

  /** The absolute path of a file of the project. */
  path(file: string): string {
    return path.join(this.dir, file)
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8')
  }

  write(files: ProjectFiles): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(this.path(file)), { recursive: true })
      writeFileSync(this.path(file), text)
    }
  }

  /** Replaces a text that occurs exactly once in a file. */
  edit(file: string, from: string, to: string): void {
    const parts = this.read(file).split(from)
    if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${from}`)
    this.write({ [file]: parts.join(to) })
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true })
  }

  exists(file: string): boolean {
    return existsSync(this.path(file))
  }

  /** The files below a folder that hold a text, in whatever format they are. */
  filesWith(folder: string, text: string): readonly string[] {
    const entries = readdirSync(this.path(folder), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
    return files.filter((file) => readFileSync(file).includes(text)).map((file) => path.relative(this.dir, file))
  }

  /** What processes left in the folder for temporary files. */
  temporaryFiles(): readonly string[] {
    return readdirSync(path.join(this.#root, 'tmp'))
  }

  /** Runs a file to its end. */
  run(file: string, options: RunOptions = {}): Promise<CommandResult> {
    return this.start(file, options).ended
  }

  /** Runs the command `cairn` to its end. */
  cairn(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return this.#start([CAIRN_BIN, ...args, ...(options.args ?? [])], options).ended
  }

  /** Runs a file and does not wait. */
  start(file: string, options: RunOptions = {}): RunningCommand {
    const { args = [], node = false } = options
    return this.#start(node ? [file, ...args] : [CAIRN_BIN, 'run', file, ...args], options)
  }

  /** Runs a program with the environment that commands of the project get. */
  execute(command: readonly string[], options: CommandOptions = {}): RunningCommand {
    const log = path.join(this.#root, `executions-${++this.#commands}`)
    const process = new RunningProcess(command, {
      cwd: path.join(this.dir, options.cwd ?? '.'),
      env: { ...this.environment(log), ...options.env },
      timeoutMs: options.timeoutMs,
    })
    const ended = process.ended.then((result) => ({
      ...result,
      steps: existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1).toSorted() : [],
      result: printedResult(result.stdout),
    }))
    return { process, ended }
  }

  /** Commits everything but installed packages and local state, unless that is done; gives the commit. */
  commit(): string {
    const git = (...args: readonly string[]): string => runGit(this.dir, args)
    if (!this.exists('.git')) {
      git('init', '--quiet')
      this.write({ '.gitignore': 'node_modules/\n.cairn/\n' })
    }
    git('add', '--all')
    if (git('status', '--porcelain') !== '') git('commit', '--quiet', '--message', 'State of a test')
    return git('rev-parse', 'HEAD').trim()
  }

  /** Another checkout of the last commit, with the same packages installed and without local state. */
  checkout(folder?: string): TemporaryProject {
    const checkout = new TemporaryProject(folder)
    runGit(path.dirname(checkout.dir), ['clone', '--quiet', this.dir, checkout.dir])
    cpSync(this.path('node_modules'), checkout.path('node_modules'), { recursive: true, verbatimSymlinks: true })
    return checkout
  }

  /** The same project in another folder, with all local state. */
  copy(folder?: string): TemporaryProject {
    const copy = new TemporaryProject(folder)
    cpSync(this.dir, copy.dir, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    return copy
  }

  [Symbol.dispose](): void {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 })
  }

  #start(command: readonly string[], options: CommandOptions): RunningCommand {
    return this.execute([process.execPath, ...command], options)
  }

  /** The environment that commands of the project get. @param log the file to which steps write that they execute */
  environment(log: string = path.join(this.#root, 'executions')): Readonly<Record<string, string>> {
    const inherited = ['PATH', 'HOME', 'SystemRoot', 'USERPROFILE'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    return {
      ...Object.fromEntries(inherited),
      TMPDIR: path.join(this.#root, 'tmp'),
      TEMP: path.join(this.#root, 'tmp'),
      EXECUTION_LOG: log,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
    }
  }
}

/** Makes a project of these files with the packages of this repository installed. */
export function temporaryProject(files: ProjectFiles, folder?: string): TemporaryProject {
  const project = new TemporaryProject(folder)
  project.write({ ...BASE_FILES, ...files })
  linkPackages(project.dir)
  return project
}

function runGit(cwd: string, args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost', ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: os.devNull, GIT_CONFIG_NOSYSTEM: '1' },
  })
}

function printedResult(stdout: string): unknown {
  const line = stdout.split('\n').findLast((text) => text.startsWith('RESULT '))
  return line === undefined ? undefined : JSON.parse(line.slice('RESULT '.length))
}
