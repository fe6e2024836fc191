import { hasPlaceholder, isVariableName, replacePlaceholders } from '../environment/env-placeholder.ts'
import { nearestName } from '../names/nearest.ts'
import { closedNames, flattened, inside, isSecret, meantBy, type OptionSchema } from './option-schema.ts'

/** Names of properties and numbers of items, from the options down. */
export type OptionPath = readonly (string | number)[]

/** A secret as a stack names it. */
export interface SecretReference {
  readonly path: OptionPath
  /** Text with `${env:NAME}`, or the path of a file. */
  readonly from: { readonly text: string } | { readonly file: string }
}

/** What is wrong with an option before its value is looked at. */
export interface OptionProblem {
  readonly path: OptionPath
  readonly of: 'key' | 'value'
  readonly problem: string
  /** What to do, where it is about a secret. */
  readonly remedy?: string
}

/** What the options of a component hold besides values. */
export interface OptionFindings {
  readonly references: readonly SecretReference[]
  /** Where the schema marks a secret, whatever is written there. */
  readonly secrets: readonly OptionPath[]
  readonly problems: readonly OptionProblem[]
}

const LETTERS = 'Letters, digits and _ make one.'
const LITERAL = 'a secret is not written into a stack, where everybody reads it'
const MISPLACED = 'that option is not marked as secret, and ${env:NAME} is for secrets'
const REFERENCE = 'Write ${env:NAME}, or { file: path }, in its place.'
const VALUE = 'Write the value itself, or mark the option as secret in the schema of the component.'

/**
 * Looks through the options of a component for secrets and for names that its schema does not have.
 *
 * @param noun what each is called in problems
 */
export function findInOptions(
  options: unknown,
  root: OptionSchema | undefined,
  noun: 'option' | 'setting' = 'option',
): OptionFindings {
  const found = { references: [] as SecretReference[], secrets: [] as OptionPath[], problems: [] as OptionProblem[] }
  const visit = (value: unknown, schemas: readonly OptionSchema[], path: OptionPath): void => {
    if (isSecret(schemas)) {
      found.secrets.push(path)
      const from = secretSource(value)
      const misnamed = from !== undefined && 'text' in from ? misnamedVariable(from.text) : undefined
      if (misnamed !== undefined) {
        const problem = `"${misnamed.slice(0, 100)}" is no name of a variable`
        found.problems.push({ path, of: 'value', problem, remedy: LETTERS })
      } else if (from !== undefined) found.references.push({ path, from })
      else if (value !== undefined) found.problems.push({ path, of: 'value', problem: LITERAL, remedy: REFERENCE })
      return
    }
    if (typeof value === 'string' && hasPlaceholder(value)) {
      found.problems.push({ path, of: 'value', problem: MISPLACED, remedy: VALUE })
    }
    if (typeof value !== 'object' || value === null) return
    const meant = Array.isArray(value) ? schemas : meantBy(value, schemas)
    const known = Array.isArray(value) ? undefined : closedNames(meant)
    for (const [name, inner] of Object.entries(value)) {
      const key = Array.isArray(value) ? Number(name) : name
      const at = [...path, key]
      if (known?.includes(name) === false) found.problems.push(unknownName(at, known, noun))
      const below = root === undefined ? [] : inside(meant, key).flatMap((schema) => flattened(schema, root))
      visit(inner, below, at)
    }
  }
  visit(options, root === undefined ? [] : flattened(root, root), [])
  return found
}

/** Whether a value refers to a secret, by `${env:NAME}` or `{ file: path }`, and so holds none. */
export function isSecretReference(value: unknown): boolean {
  return secretSource(value) !== undefined
}

/** The first name in a text that no variable can have, whatever the environment holds. */
function misnamedVariable(text: string): string | undefined {
  const names: string[] = []
  replacePlaceholders(text, (name) => {
    names.push(name)
    return ''
  })
  return names.find((name) => !isVariableName(name))
}

function secretSource(value: unknown): SecretReference['from'] | undefined {
  if (typeof value === 'string') return hasPlaceholder(value) ? { text: value } : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const [[name, file] = [], ...others] = Object.entries(value) as readonly (readonly [string, unknown])[]
  return name === 'file' && typeof file === 'string' && file !== '' && others.length === 0 ? { file } : undefined
}

function unknownName(path: OptionPath, known: readonly string[], noun: string): OptionProblem {
  const name = String(path.at(-1))
  const nearest = nearestName(name, known)
  const remedy = nearest === undefined ? ` (it can be ${known.join(', ')})` : ` (did you mean "${nearest}"?)`
  return { path, of: 'key', problem: `there is no ${noun} "${name}"${known.length === 0 ? '' : remedy}` }
}
