import { array, boolean, integer, minValue, number, picklist, pipe, record, string, union, unknown } from 'valibot'

import { UNDECLARED_MODES, type Ignored } from '../authoring/caching-options.ts'
import type { Settings } from '../authoring/component-settings.ts'
import type { Hooks, Resources, Retry, StepOverrides } from '../authoring/options.ts'
import { described, noList, section, textLike, texts, type ConfigSchema } from './config-schema.ts'

/** What a configuration can change of a step: everything but functions. */
export type StepChanges = Omit<StepOverrides, keyof Hooks | 'key'>

const DURATION = /^\d+(?:\.\d+)?(?:ms|s|m|h|d|w)$/

/** Any value under any name. */
export const ANY_VALUES: ConfigSchema<Readonly<Record<string, unknown>>> = noList(
  record(string(), unknown(), 'an object'),
  'an object',
)

const SETTINGS_TEXT = 'settings by component: { kubernetes: { ... } }'

/** Settings by component. */
export const SETTINGS: ConfigSchema<Settings> = noList(record(string(), ANY_VALUES, SETTINGS_TEXT), SETTINGS_TEXT)

const duration = (expected: string): ConfigSchema<string> => textLike(DURATION, expected)

const retry: ConfigSchema<Retry> = section<Partial<Retry>>({
  attempts: pipe(
    number('a whole number from 1'),
    integer('a whole number from 1'),
    minValue(1, 'a whole number from 1'),
  ),
  delay: duration("a duration like '2s'"),
  backoff: pipe(number('a number from 1'), minValue(1, 'a number from 1')),
  // Sound: a retry without attempts is refused by the check of the option.
}) as ConfigSchema<Retry>

const resources: ConfigSchema<Resources> = record(
  string(),
  union([number(), string()], "an amount like 2 or '4Gi'"),
  "amounts by name: { cpu: 2, memory: '4Gi', openai: 1 }",
)

const names = texts('a list of names')

const ignore: ConfigSchema<Ignored> = section<Ignored>({ params: names, inputs: names, env: names, packages: names })

/** The schema of the changes to one step. */
export const STEP_CHANGES_SCHEMA: ConfigSchema<StepChanges> = section<StepChanges>({
  params: described(ANY_VALUES, 'Parameters of the step, above what its call gives.'),
  cache: described(boolean('true or false'), 'Whether results are reused and kept.'),
  retry: described(retry, 'How a failed step is tried again.'),
  timeout: described(duration("a duration like '30s', '10m' or '500ms'"), 'How long an attempt may take.'),
  resources: described(resources, 'What it asks of the machine, and of the named limits of the project.'),
  settings: described(SETTINGS, 'Settings for components of the stack, by component.'),
  secrets: described(names, 'Names of environment variables that hold secrets.'),
  tags: described(array(string('a text'), 'a list of texts'), 'Kept with the run.'),
  files: described(texts('a list of globs'), 'Files that count by content.'),
  urls: described(texts('a list of URLs'), 'URLs that count by ETag, Last-Modified or body.'),
  env: described(names, 'Environment variables that count by value.'),
  ignore: described(ignore, 'What does not count.'),
  expires: described(duration("a duration like '12h', '30d' or '2w'"), 'How long a result may be reused.'),
  codeVersion: described(textLike(/./, "a text like '3'"), "Counts in place of the step's code."),
  undeclared: described(
    picklist(UNDECLARED_MODES, UNDECLARED_MODES.join(', ')),
    'Where it reads from outside and declares nothing.',
  ),
})
