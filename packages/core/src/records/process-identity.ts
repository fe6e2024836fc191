import { readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'

import { gitCommit } from './git-commit.ts'

/** Which process on which machine did something, exact enough to tell later whether it still lives. */
export interface ProcessIdentity {
  readonly host: string
  readonly user: string
  readonly pid: number
  /** Start of the process in clock ticks after boot, where the system tells it (Linux). */
  readonly startTicks?: number | undefined
  /** Identity of the machine's current boot, where the system tells it (Linux). */
  readonly bootId?: string | undefined
  /** Identity of the process-id namespace (Linux): containers of one host number their processes apart. */
  readonly pidNamespace?: string | undefined
  readonly node: string
  /** Platform and architecture: `linux-x64`. */
  readonly platform: string
  /** The git commit that its working folder was at, as hex, if that is in a repository. */
  readonly commit?: string | undefined
}

let own: ProcessIdentity | undefined

/** This process. */
export function thisProcess(): ProcessIdentity {
  own ??= {
    host: os.hostname(),
    user: userName(),
    pid: process.pid,
    startTicks: startTicks(process.pid),
    bootId: readText('/proc/sys/kernel/random/boot_id')?.trim(),
    pidNamespace: pidNamespace(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    commit: ownCommit(),
  }
  return own
}

/** Another process of this machine, such as one that this process started. */
export function processOf(pid: number): ProcessIdentity {
  return { ...thisProcess(), pid, startTicks: startTicks(pid) }
}

/**
 * Whether a process of this host is surely dead. A process of another host, or one that cannot be told apart from a
 * newer one with its number, counts as alive.
 */
export function isSurelyDead(identity: ProcessIdentity): boolean {
  const self = thisProcess()
  if (identity.host !== self.host) return false
  if (identity.bootId !== undefined && self.bootId !== undefined && identity.bootId !== self.bootId) return true
  if (identity.pidNamespace !== self.pidNamespace) return false
  if (!processExists(identity.pid) || isZombie(identity.pid)) return true
  const ticks = startTicks(identity.pid)
  return ticks !== undefined && identity.startTicks !== undefined && ticks !== identity.startTicks
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether it has ended and only waits for its parent, which in a container may never ask for it. */
function isZombie(pid: number): boolean {
  return statOf(pid)?.[0] === 'Z'
}

/** Field 22 of proc_pid_stat(5). */
function startTicks(pid: number): number | undefined {
  const ticks = Number(statOf(pid)?.[19])
  return Number.isNaN(ticks) ? undefined : ticks
}

/** The fields of /proc/<pid>/stat from the third on; the command name before them may hold spaces and parentheses. */
function statOf(pid: number): readonly string[] | undefined {
  const text = readText(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function pidNamespace(): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return undefined
  }
}

function ownCommit(): string | undefined {
  try {
    return gitCommit(process.cwd())
  } catch {
    // Somebody removed the working folder.
    return undefined
  }
}

function readText(file: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function userName(): string {
  try {
    return os.userInfo().username
  } catch {
    return 'unknown'
  }
}
