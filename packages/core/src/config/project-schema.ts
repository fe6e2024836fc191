import { check, number, picklist, pipe, record } from 'valibot'

import { UNDECLARED_MODES, type UndeclaredMode } from '../authoring/caching-options.ts'
import { described, oneOrMore, section, textLike, type ConfigSchema } from './config-schema.ts'

/** What a `cairn.yaml` says, as it is written. */
export interface ProjectValues {
  /** For editors. */
  readonly $schema?: string
  readonly pipelines?: string | readonly string[]
  readonly stack?: string
  readonly limits?: Readonly<Record<string, number>>
  readonly undeclared?: UndeclaredMode
  readonly envFile?: string | readonly string[]
}

const LIMIT_NAME = /^(?!memory$)[A-Za-z][A-Za-z0-9._-]{0,99}(?:\/(?:s|min|h|day))?$/
const LIMIT =
  "a number above 0, for a name like 'openai' (at a time) or 'openai/min' (starts in a minute: /s, /min, /h, /day)"

/** The schema of `cairn.yaml`. */
export const PROJECT_SCHEMA: ConfigSchema<ProjectValues> = section<ProjectValues>({
  $schema: described(textLike(/./, 'a text'), 'For editors.'),
  pipelines: described(
    oneOrMore('a glob or a list of globs'),
    'Files that define pipelines, as globs from this folder: `cairn run <name>` finds a pipeline in them.',
  ),
  stack: described(textLike(/./, 'the name of a stack'), 'The stack that runs use unless they are told otherwise.'),
  limits: described(
    record(textLike(LIMIT_NAME, LIMIT), pipe(number(LIMIT), check(isAmount, LIMIT)), LIMIT),
    'How much of a named resource the steps of a process may use: `openai: 8` at a time, `openai/min: 500` per minute.',
  ),
  undeclared: described(
    picklist(UNDECLARED_MODES, UNDECLARED_MODES.join(', ')),
    'What happens where a step reads from outside and declares nothing, unless the step or its pipeline says.',
  ),
  envFile: described(
    oneOrMore('a file or a list of files'),
    'Files of environment variables, from this folder. Of several the later one wins, and what is set already over all; a file that is not there is skipped.',
  ),
})

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value > 0
}
