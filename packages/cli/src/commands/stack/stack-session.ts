import { realpathSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError, foldName, nearestName, nameProblem } from '@cairnml/core'
import {
  chooseStack,
  namedStack,
  openProject,
  stackEntries,
  stackFile,
  stackNames,
  type ChosenStack,
  type OpenProject,
  type StackChoice,
  type StackEntry,
  type StackEnvironment,
} from '@cairnml/core/stack'

import type { CommandEnvironment } from '../../command.ts'

/** A project as the commands on its stacks see it. */
export class StackSession {
  readonly project: OpenProject
  readonly environment: StackEnvironment

  constructor(project: OpenProject, fallbackDirs: readonly string[]) {
    this.project = project
    this.environment = { ...project.dirs, fallbackDirs }
  }

  static async open({ fallbackDirs }: CommandEnvironment): Promise<StackSession> {
    return new StackSession(await openProject(), fallbackDirs)
  }

  get cairnDir(): string {
    return this.project.dirs.cairnDir
  }

  get projectDir(): string {
    return this.project.dirs.projectDir
  }

  /** The stack files that are there at this moment. */
  entries(): readonly StackEntry[] {
    return stackEntries(this.projectDir)
  }

  /** Which stack is used where a command names none. */
  choice(option?: string): StackChoice {
    return chooseStack({ option, configured: this.project.config.stack, cairnDir: this.cairnDir })
  }

  /** @throws CAIRN_STACK_UNKNOWN and what reading the file throws */
  async named(name: string): Promise<ChosenStack> {
    return namedStack({ name, source: 'option' }, this.projectDir)
  }

  /** The file of a stack that has one. @throws CAIRN_STACK_UNKNOWN, CAIRN_STACK_FILE */
  fileOf(name: string): string {
    const entries = this.entries()
    const file = stackFile(name, entries)
    if (file !== undefined) return file
    const known = stackNames(entries)
    if (known.includes(name)) throw unchangeable(name, 'it is built in and has no file; copy it under another name')
    throw cairnError('CAIRN_STACK_UNKNOWN', { name, known, nearest: nearestName(name, known) })
  }

  /** The path of a stack that is to be made. @throws CAIRN_NAME_INVALID, CAIRN_STACK_FILE */
  newFile(name: string, extension = '.yaml'): string {
    const reason = nameProblem(name)
    if (reason !== undefined) throw cairnError('CAIRN_NAME_INVALID', { kind: 'stack', name, reason })
    const taken = this.entries().find((entry) => foldName(entry.name) === foldName(name))
    if (taken?.name === name) throw unchangeable(name, 'there is one of that name already')
    if (taken !== undefined) {
      throw unchangeable(name, `there is a stack "${taken.name}" already, and names differ in more than case`)
    }
    return nodePath.join(this.projectDir, 'stacks', `${name}${extension}`)
  }

  /** The name of the stack that is meant by a name or by its file. @throws CAIRN_STACK_FILE */
  nameOf(given: string): string {
    if (!/[\\/]|\.(?:yaml|yml|json)$/.test(given)) return given
    const file = nodePath.resolve(given)
    const entry = this.entries().find((one) => one.file === file || realOf(one.file) === realOf(file))
    if (entry !== undefined) return entry.name
    const problem = `${given} is no file in ${nodePath.join(this.projectDir, 'stacks')}; cairn stack import copies one there`
    throw unchangeable(given, problem)
  }
}

/** The error of a stack whose file cannot be changed so. */
export function unchangeable(stack: string, problem: string): Error {
  return cairnError('CAIRN_STACK_FILE', { stack, problem })
}

/** A path as people see it, from the working directory. */
export function shownPath(file: string): string {
  return nodePath.relative('', file) || file
}

function realOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
