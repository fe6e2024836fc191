import { existsSync, lstatSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError, foldName, nameProblem } from '@cairnml/core'
import {
  chooseStack,
  namedStack,
  openProject,
  STACK_FOLDER,
  stackEntries,
  stackFile,
  stackNameOf,
  stackNames,
  unknownStack,
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

  /** The stack that cairn.yaml names, by its name or file. */
  get configured(): string | undefined {
    const { stack } = this.project.config
    return stack === undefined ? undefined : stackNameOf(stack, this.projectDir)
  }

  /** The stack files that are there at this moment. */
  entries(): readonly StackEntry[] {
    return stackEntries(this.projectDir)
  }

  /** Which stack is used: the one that a command names, or the one that is chosen otherwise. */
  choice(given?: string): StackChoice {
    const { cairnDir, projectDir } = this
    return chooseStack({ option: given, configured: this.project.config.stack, cairnDir, projectDir })
  }

  /**
   * The stack of a name.
   *
   * @param entries where many stacks are asked for, what `entries` gave before
   * @throws CAIRN_STACK_UNKNOWN and what reading the file throws
   */
  async named(name: string, entries: readonly StackEntry[] = this.entries()): Promise<ChosenStack> {
    const known = stackNames(entries)
    if (!known.includes(name)) throw unknownStack(name, known)
    return namedStack({ name, source: 'option' }, this.projectDir, entries)
  }

  /** The stack of a name, or the one that is used. @throws CAIRN_STACK_UNKNOWN and what reading the file throws */
  async namedOrUsed(name: string | undefined): Promise<ChosenStack> {
    return name === undefined ? namedStack(this.choice(), this.projectDir) : this.named(name)
  }

  /** The file of a stack that has one. @throws CAIRN_STACK_UNKNOWN, CAIRN_STACK_FILE */
  fileOf(name: string): string {
    const entries = this.entries()
    const file = stackFile(name, entries)
    if (file !== undefined) {
      if (lstatSync(file).isDirectory()) throw unchangeable(name, `${shownPath(file)} is a folder`)
      return file
    }
    const known = stackNames(entries)
    if (known.includes(name)) throw unchangeable(name, 'it is built in and has no file; copy it under another name')
    throw unknownStack(name, known)
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

  /**
   * The name of the stack that is meant by a name or by its file.
   *
   * @throws CAIRN_CONFIG_MISSING, CAIRN_NAME_INVALID, CAIRN_STACK_FILE
   */
  nameOf(given: string): string {
    const name = stackNameOf(given, this.projectDir)
    if (name !== undefined) return name
    const file = nodePath.resolve(given)
    if (!existsSync(file)) {
      throw cairnError('CAIRN_CONFIG_MISSING', {
        file: shownPath(file),
        wanted: 'The stack',
        problem: 'it is not there',
      })
    }
    const folder = nodePath.join(this.projectDir, STACK_FOLDER)
    const { name: base } = nodePath.parse(file)
    const reason = nodePath.dirname(file) === folder ? nameProblem(base) : undefined
    if (reason !== undefined) throw cairnError('CAIRN_NAME_INVALID', { kind: 'stack', name: base, reason })
    throw unchangeable(given, `${given} is no stack file in ${folder}; cairn stack import copies one there`)
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
