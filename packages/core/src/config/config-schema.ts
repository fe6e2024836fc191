import {
  array,
  custom,
  description,
  exactOptional,
  pipe,
  regex,
  strictObject,
  string,
  union,
  type GenericIssue,
  type GenericSchema,
} from 'valibot'

import { nearestName } from '../names/nearest.ts'

/** A schema of a part of a configuration. Messages of its issues say what is expected, as the end of a sentence. */
export type ConfigSchema<T> = GenericSchema<unknown, T>

/** Schemas by the names of the properties that they are for. */
export type SectionEntries<T> = { readonly [K in keyof T]-?: ConfigSchema<Exclude<T[K], undefined>> }

/** An object all of whose properties may be left out; one that it does not have is refused. */
export function section<T extends object>(entries: SectionEntries<T>): ConfigSchema<T> {
  const schemas = Object.entries<GenericSchema>(entries)
  const optional = Object.fromEntries(schemas.map(([name, schema]) => [name, exactOptional(schema)]))
  const known = schemas.map(([name]) => name)
  const message = (issue: GenericIssue): string =>
    isUnknownProperty(issue) ? unknownProperty(issue.received, known) : 'an object'
  // Sound: each property has the schema of its type, and may be absent.
  return noList(strictObject(optional, message) as GenericSchema as ConfigSchema<T>, 'an object')
}

/** To the schema library a list is an object, too. */
export function noList<T>(schema: ConfigSchema<T>, expected: string): ConfigSchema<T> {
  return pipe(
    custom<unknown>((value) => !Array.isArray(value), expected),
    schema,
  )
}

/** Whether an issue is about a property that is not known; its message is a whole sentence then. */
export function isUnknownProperty(issue: Pick<GenericIssue, 'expected'>): boolean {
  return issue.expected === 'never'
}

/** A text that matches an expression. */
export function textLike(pattern: RegExp, expected: string): GenericSchema<string> {
  return pipe(string(expected), regex(pattern, expected))
}

/** One text, or a list of texts, that are not empty. */
export function oneOrMore(expected: string): ConfigSchema<string | readonly string[]> {
  return union([textLike(/./, expected), array(textLike(/./, expected))], expected)
}

/** A list of texts that are not empty. */
export function texts(expected: string): ConfigSchema<readonly string[]> {
  return array(textLike(/./, expected), expected)
}

/** A schema with what editors show of it. */
export function described<T>(schema: ConfigSchema<T>, text: string): ConfigSchema<T> {
  return pipe(schema, description(text))
}

/** @param received the name as the schema library quotes it */
function unknownProperty(received: string, known: readonly string[]): string {
  const name = received.replace(/^"|"$/g, '')
  const nearest = nearestName(name, known)
  const remedy = nearest === undefined ? ` It can be ${known.join(', ')}.` : ` Did you mean "${nearest}"?`
  return `there is no "${name}" here.${remedy}`
}
