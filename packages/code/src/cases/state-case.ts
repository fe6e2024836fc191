import { oneFile, type EditCase } from './edit-case.ts'

/** State that the step `a` reads by one expression, and another step changes by another one. */
export const refused = (
  name: string,
  ...[top, body, b = body]: readonly [top: string, body: string, b?: string]
): EditCase => ({
  name,
  files: oneFile(top, body, `export const b = step({ name: 'b' }).implement(() => ${b})`),
  edit: {},
  want: 'nocache',
  reason: 'is changed by',
  runs: false,
})

/** What is no state of a module, by the text before and after an edit that changes the step. */
export const known = (
  name: string,
  ...[before, after, body]: readonly [before: string, after: string, body: string]
): EditCase => {
  const b = `export const b = step({ name: 'b' }).implement(() => ${body})`
  return { name, files: oneFile(before, body, b), edit: oneFile(after, body, b), want: 'differ' }
}

/** A class whose method changes its instance. */
export const COUNTER: string = 'class C { n = 0; run() { return ++this.n } }\n'
