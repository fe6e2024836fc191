import { boolean, picklist, record, string, union } from 'valibot'

import { CACHE_MODES, FAILURE_MODES, type CacheMode, type FailureMode } from '../authoring/options.ts'
import type { Settings } from '../authoring/component-settings.ts'
import { described, section, textLike, texts, type ConfigSchema } from './config-schema.ts'
import { ANY_VALUES, SETTINGS, STEP_CHANGES_SCHEMA, type StepChanges } from './step-changes-schema.ts'

/** What a run configuration says. */
export interface RunValues {
  /** For editors. */
  readonly $schema?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly steps?: Readonly<Record<string, StepChanges>>
  readonly stack?: string
  readonly name?: string
  readonly substitutions?: Readonly<Record<string, string>>
  readonly tags?: readonly string[]
  readonly cache?: boolean | CacheMode
  readonly refresh?: readonly string[]
  readonly settings?: Settings
  readonly failureMode?: FailureMode
}

/** The schema of a run configuration. */
export const RUN_SCHEMA: ConfigSchema<RunValues> = section<RunValues>({
  $schema: described(textLike(/./, 'a text'), 'For editors.'),
  params: described(ANY_VALUES, 'Parameters of the pipeline.'),
  steps: described(
    record(string(), STEP_CHANGES_SCHEMA, 'changes by step name or invocation id'),
    'Changes by step name or invocation id.',
  ),
  stack: described(textLike(/./, 'the name of a stack'), 'The stack that the run uses.'),
  name: described(
    textLike(/./, 'a text'),
    'Name of the run: {{date}}, {{time}}, {{pipeline}} and own substitutions are filled in.',
  ),
  substitutions: described(record(string(), string('a text'), 'texts by name'), 'Own placeholders of the name.'),
  tags: described(texts('a list of texts'), 'Tags of the run, in place of those in code.'),
  cache: described(
    union([boolean(), picklist(CACHE_MODES)], `${CACHE_MODES.join(', ')}, true or false`),
    'on looks up and keeps, read keeps nothing, write runs everything and keeps it, off does neither.',
  ),
  refresh: described(texts('a list of step names'), 'Steps that run although a result is there.'),
  settings: described(SETTINGS, 'Settings for components of the stack, by component, for all steps.'),
  failureMode: described(
    picklist(FAILURE_MODES, FAILURE_MODES.join(', ')),
    'What happens to the rest of the run when a step has failed.',
  ),
})
