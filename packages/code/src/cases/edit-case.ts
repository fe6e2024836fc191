/** Text of each file, by path relative to the project. */
export type CaseFiles = Readonly<Record<string, string>>

/** One edit to a project, and what it has to do to the code identity of one step. */
export interface EditCase {
  /** A sentence. */
  readonly name: string
  readonly files: CaseFiles
  /** Links to folders of the project: the place of each, with its target, as paths relative to the project. */
  readonly links?: Readonly<Record<string, string>>
  /** Files that the edit writes. */
  readonly edit: CaseFiles
  /**
   * What the code of the step does: `differ`, `same`, or `nocache`: before or after the edit it must not be known.
   * Packages and captured names count as part of it.
   */
  readonly want: 'differ' | 'same' | 'nocache'
  /** A part of the reason of a refusal. */
  readonly reason?: string
  /** The file that defines the step `a`. @default 'pipeline.ts' */
  readonly file?: string
  /** The module that is run. @default the file of the step */
  readonly entry?: string
  /** What is asked for. @default 'function' */
  readonly what?: string
  /** A text that starts at the last name of the callee of the definition. @default what stands before `({ name: 'a'` */
  readonly callee?: string
  /** Names that the step captures. */
  readonly captures?: readonly string[]
  /** Whether the case can be run for real: the entry imported and `a.entrypoint(args)` called. @default true */
  readonly runs?: boolean
  /** Arguments of the step, for running it. */
  readonly args?: Readonly<Record<string, unknown>>
}

/** Import of what cases use of Cairn. */
export const IMPORT = `import { step, pipeline } from 'cairnml'\n`

/** A project of one file: statements, then the step `a`, whose function returns an expression. */
export function oneFile(top: string, body: string, after = ''): CaseFiles {
  return { 'pipeline.ts': stepText(top, body, after) }
}

/** The text of a file with the step `a`. */
export function stepText(top: string, body: string, after = ''): string {
  return `${IMPORT}${top}\nexport const a = step({ name: 'a' }).implement(() => ${body})\n${after}\n`
}
