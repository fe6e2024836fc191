import { cairnError } from '../errors/cairn-error.ts'
import { checkSchema } from '../materializer/schema-check.ts'
import type { AnyComponentDefinition } from '../plugin/define-plugin.ts'
import { optionSchema } from './option-schema.ts'
import { findInOptions, type OptionFindings, type OptionPath, type OptionProblem } from './option-secrets.ts'
import { readSecret } from './read-secret.ts'
import type { StackPlace } from './stack-place.ts'

/** The options of a component as a stack gives them. */
export interface GivenOptions {
  readonly definition: AnyComponentDefinition
  readonly given: Readonly<Record<string, unknown>>
  /** Names it in errors: `artifactStore (local)`. */
  readonly component: string
  /** Names the command that shows which options it takes. */
  readonly command?: (() => string | undefined) | undefined
  /** From the stack down: `['artifactStore']`. */
  readonly path: OptionPath
  /** Where the stack is written. */
  readonly place?: StackPlace | undefined
  /** Secrets in files are given from here. */
  readonly projectDir: string
  /** Whether they are code, which may hold secrets. @default false */
  readonly isCode?: boolean | undefined
}

const NOTHING_FOUND: OptionFindings = { references: [], secrets: [], problems: [] }

/**
 * Checks the options of a component; with none given the schema is not even loaded where the definition says so.
 * Secrets are left as they are written.
 *
 * @returns what reads the secrets and gives the options as the schema gives them
 * @throws CAIRN_COMPONENT_OPTIONS, CAIRN_STACK_SECRET
 */
export async function componentOptions(request: GivenOptions): Promise<() => unknown> {
  const { definition, given, component } = request
  const names = Object.keys(given)
  if (names.length === 0 && (definition.options === undefined || definition.requiresOptions === false))
    return () => ({})
  if (definition.options === undefined) {
    refuse(request, [{ path: names.slice(0, 1), problem: `it takes no options, but got ${names.join(', ')}` }])
  }
  const schema = await definition.options()
  const found = request.isCode === true ? NOTHING_FOUND : findInOptions(given, optionSchema(schema))
  assertNoSecret(request, found.problems)
  const check = (options: unknown, isStandIn: (path: OptionPath) => boolean): unknown => {
    const answer = checkSchema(schema, options, component)
    if (answer.issues === undefined && found.problems.length === 0) return answer.value
    const problems = (answer.issues ?? [])
      .map((issue) => ({ ...issue, path: pathOf(issue.path, given) }))
      .filter(({ path }) => !isStandIn(path) && !isSaid(path, found.problems))
      .map(({ path, message, value }) => {
        const name = path.length === 0 ? '' : `${path.join('.')}: `
        return { path, problem: `${name}${message} (was ${isBelow(path, found.secrets) ? 'a secret' : value})` }
      })
    const all = [...found.problems, ...problems]
    return all.length === 0 ? undefined : refuse(request, all)
  }
  const referred = found.references.map(({ path }) => path)
  const checked = check(given, (path) => isBelow(path, referred))
  if (found.references.length === 0) return () => checked
  return () => check(withSecrets(request, found), () => false)
}

function assertNoSecret(request: GivenOptions, problems: readonly OptionProblem[]): void {
  const secret = problems.find((problem) => problem.remedy !== undefined)
  if (secret?.remedy !== undefined) {
    const { path, problem, remedy } = secret
    throw cairnError('CAIRN_STACK_SECRET', { at: placeOf(request, path), problem, remedy })
  }
}

/** Of an unknown option a schema says once more that it is one, of the options that hold it. */
function isSaid(path: OptionPath, problems: readonly OptionProblem[]): boolean {
  const isWithin = (outer: OptionPath, inner: OptionPath): boolean => outer.every((part, at) => part === inner[at])
  return problems.some((problem) => isWithin(path, problem.path) || isWithin(problem.path, path))
}

function withSecrets(request: GivenOptions, { references }: OptionFindings): unknown {
  const { given, projectDir } = request
  const options = structuredClone(given)
  for (const reference of references) {
    const value = readSecret(reference, placeOf(request, reference.path), { projectDir, environment: process.env })
    const { path } = reference
    const parent = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], options)
    // Sound: the reference was found at this path of the same options.
    Reflect.set(parent as object, path.at(-1) ?? '', value)
  }
  return options
}

interface Refusal {
  readonly path: OptionPath
  readonly of?: 'key' | 'value'
  readonly problem: string
}

function refuse(request: GivenOptions, problems: readonly Refusal[]): never {
  const { component, command, path, place } = request
  const texts = problems.map((one) =>
    place === undefined ? one.problem : `${place([...path, ...one.path], one.of)}: ${one.problem}`,
  )
  throw cairnError('CAIRN_COMPONENT_OPTIONS', { component, problem: texts.join('; '), command: command?.() })
}

function placeOf({ component, path, place }: GivenOptions, inner: OptionPath): string {
  const name = `${component}, ${inner.join('.')}`
  return place === undefined ? name : `${place([...path, ...inner])} (${name})`
}

/** The path of an issue, whose parts were joined; names that hold dots themselves are found in the options. */
function pathOf(joined: string, given: unknown): OptionPath {
  if (joined === '') return []
  const path: (string | number)[] = []
  let rest = joined
  let value: unknown = given
  while (rest !== '') {
    const names = typeof value === 'object' && value !== null ? Object.keys(value) : []
    const name = names.find((one) => rest === one || rest.startsWith(`${one}.`)) ?? rest.split('.', 1)[0] ?? rest
    path.push(Array.isArray(value) ? Number(name) : name)
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[name]
    rest = rest.slice(name.length + 1)
  }
  return path
}

function isBelow(path: OptionPath, outer: readonly OptionPath[]): boolean {
  return outer.some((one) => one.every((part, index) => part === path[index]))
}
