import { relative, sep } from 'node:path'

import type { OutsideRead } from '@cairnml/core'

import type { ClosureRefusal } from '../closure/step-closure.ts'
import type { Target } from '../link/target.ts'
import { HARMLESS_NAMES_OF_REFUSED, REFUSED_BUILTINS } from '../lists/harmless-builtins-data.ts'
import { IO_PACKAGES } from '../lists/io-packages-data.ts'
import { OUTSIDE_BUILTINS } from '../lists/outside-builtins-data.ts'
import type { Reference } from '../flow/reference.ts'
import type { CodeFacts } from '../summary/module-summary.ts'
import type { CodeGraph, NodeMode } from './code-graph.ts'
import type { LinkedCode, PackageUse } from './linked-code.ts'
import type { FoundUse } from './parameter-uses.ts'

/** Some pieces of code of one file. */
export interface PieceSet {
  readonly file: string
  readonly pieces: readonly CodeFacts[]
  readonly mode: NodeMode
}

/** Resolves every reference of some pieces of code. */
export function linkPieces(graph: CodeGraph, { file, pieces, mode }: PieceSet): LinkedCode {
  const linking = new Linking(graph, file, mode)
  for (const piece of pieces) linking.piece(piece)
  return linking
}

class Linking implements LinkedCode {
  readonly edges: number[] = []
  readonly packages: PackageUse[] = []
  readonly builtins: string[] = []
  readonly refusals: ClosureRefusal[] = []
  readonly environment: string[] = []
  readonly outsideReads: OutsideRead[] = []
  shape = ''
  mentionsRun: string | undefined
  readonly #graph: CodeGraph
  readonly #file: string
  readonly #mode: NodeMode

  constructor(graph: CodeGraph, file: string, mode: NodeMode) {
    this.#graph = graph
    this.#file = file
    this.#mode = mode
  }

  piece(piece: CodeFacts): void {
    for (const { what, line } of piece.refusals ?? []) this.#refuse(what, line)
    for (const { what, line } of piece.outside ?? []) this.#readsOutside(what, line)
    if (piece.environment !== undefined) this.environment.push(...piece.environment)
    for (const given of piece.environmentGiven ?? []) {
      this.#readsVariables(this.#graph.parameters.ofGiven(this.#file, given))
    }
    if (piece.mentionsRun !== undefined) this.mentionsRun ??= this.#graph.paths.at(this.#file, piece.mentionsRun)
    piece.references.forEach((reference, index) => {
      for (const target of this.#graph.linker.targets(this.#file, reference)) {
        this.#addShape(this.#describe(target, piece.referenceLines[index] ?? 0))
        this.#noteEnvironment(target, reference, piece.referenceLines[index] ?? 0)
      }
      this.shape += ';'
    })
    for (const file of piece.files ?? []) {
      this.#addShape(this.#describe(this.#graph.linker.file(this.#file, file), 0))
    }
    this.shape += '|'
  }

  /** With its length before it, so that no name can be taken for structure. */
  #addShape(text: string): void {
    this.shape += `${text.length}:${text}`
  }

  #describe(target: Target, line: number): string {
    const as = target.as === undefined ? '' : `${target.as}=`
    switch (target.kind) {
      case 'unit':
        if (this.#mode === 'effect' && this.#graph.values.isValue(target.file, target.unit)) {
          return `${as}value.${target.name}`
        }
        this.#refuseForeignRequire(target, line)
        this.edges.push(this.#graph.idOf(target, this.#mode))
        return `${as}#${target.name}`
      case 'file':
      case 'program':
        this.edges.push(this.#graph.idOf(target, 'use'))
        return `${as}${target.kind}#${target.kind === 'file' ? target.name : ''}`
      case 'package':
        return `${as}${this.#describePackage(target, line)}`
      case 'builtin':
        this.#noteBuiltin(target.builtin, target.name, line)
        return `${as}b:${target.builtin}.${target.name}`
      case 'unresolved':
        this.#refuse(`it imports ${target.specifier}: ${target.reason}`, line)
        return 'unresolved'
      case 'refused':
        this.#refuse(target.reason, line)
        return 'refused'
      case 'namespace':
        return `${as}namespace`
      case 'cairn':
      case 'global':
      case 'absent':
        return `${as}${target.kind}.${target.name}`
    }
  }

  #describePackage(target: Extract<Target, { kind: 'package' }>, line: number): string {
    this.packages.push({ manifest: target.manifest, specifier: target.specifier, file: target.file })
    if (Object.hasOwn(IO_PACKAGES, target.manifest.name)) this.#readsOutside(`package ${target.manifest.name}`, line)
    const inPackage = relative(target.manifest.dir, target.file).split(sep).join('/')
    return `p:${target.specifier} ${inPackage}.${target.name}`
  }

  #noteBuiltin(builtin: string, name: string, line: number): void {
    this.builtins.push(builtin)
    const refused = Object.hasOwn(REFUSED_BUILTINS, builtin) ? REFUSED_BUILTINS[builtin] : undefined
    if (refused !== undefined && !HARMLESS_NAMES_OF_REFUSED.has(name)) this.#refuse(refused, line)
    const outside = Object.hasOwn(OUTSIDE_BUILTINS, builtin) ? OUTSIDE_BUILTINS[builtin] : undefined
    if (outside === true || outside?.includes(name) === true) this.#readsOutside(`node:${builtin}`, line)
  }

  /** Another name of the environment that another file exports: a member of it is a variable. */
  #noteEnvironment(target: Target, reference: Reference, line: number): void {
    if (target.kind !== 'unit' || target.file === this.#file) return
    if (this.#graph.unit(target.file, target.unit).environmentNames?.includes(target.name) !== true) return
    const { imports } = this.#graph.linker.modules.load(this.#file).summary
    const [kind, name = '', key = '*'] = typeof reference === 'string' ? [] : reference
    if (kind === 'member' && key !== '*' && imports[name]?.name !== '*') this.environment.push(key)
    else this.#readsVariables({ members: new Map(), whole: { file: this.#file, line } })
  }

  #readsVariables({ members, whole }: FoundUse): void {
    this.environment.push(...members.keys())
    if (whole === undefined) return
    this.environment.push('*')
    this.outsideReads.push({ what: 'process.env', at: this.#graph.paths.at(whole.file, whole.line) })
  }

  #refuseForeignRequire(target: Extract<Target, { kind: 'unit' }>, line: number): void {
    const initialiser = this.#graph.unit(target.file, target.unit).initialiser
    if (initialiser?.kind === 'require' && target.file !== this.#file) {
      this.#refuse('it uses a require function of another module', line)
    }
  }

  #refuse(reason: string, line: number): void {
    this.refusals.push({ reason, at: this.#graph.paths.at(this.#file, line) })
  }

  #readsOutside(what: string, line: number): void {
    this.outsideReads.push({ what, at: this.#graph.paths.at(this.#file, line) })
  }
}
