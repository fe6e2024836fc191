import { checkedStepOptions } from '../authoring/step-options.ts'
import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import { checkedDocument } from './check-document.ts'
import type { ConfigDocument, ConfigPath } from './config-document.ts'
import { fillPlaceholders, type FilledDocument } from './placeholders.ts'
import { readConfigFile } from './read-config-file.ts'
import { RUN_SCHEMA, type RunValues } from './run-schema.ts'

/** A parameter that is text for now: a schema may want what it says as JSON. */
export interface TextParam {
  /** Names of properties from the parameters down. */
  readonly path: readonly string[]
  readonly text: string
}

/** The configuration of a run. */
export interface RunConfig {
  readonly values: RunValues
  /** Parameters of the pipeline that are nothing but a placeholder. */
  readonly textParams: readonly TextParam[]
  /** The same of steps. */
  readonly textStepParams: Readonly<Record<string, readonly TextParam[]>>
  /** `run.yaml:3:7`: where a value or its name is. */
  readonly place: ConfigDocument['place']
}

/**
 * Reads the configuration of a run, YAML or JSON, and fills `${env:NAME}` in.
 *
 * @throws CAIRN_CONFIG_MISSING, CAIRN_CONFIG_INVALID, CAIRN_CONFIG_VARIABLE
 */
export async function loadRunConfig(file: string, environment: NodeJS.ProcessEnv = process.env): Promise<RunConfig> {
  const document = fillPlaceholders(await readConfigFile(file, '--config'), environment)
  const values = checkedDocument(RUN_SCHEMA, document, (path) => document.isFilled(path))
  checkSteps(values, document)
  const steps = Object.keys(values.steps ?? {})
  return {
    values,
    textParams: textParams(document, ['params']),
    textStepParams: Object.fromEntries(steps.map((step) => [step, textParams(document, ['steps', step, 'params'])])),
    place: document.place,
  }
}

/** What options cannot be, one by one so that each error has its place. */
function checkSteps({ steps = {} }: RunValues, document: FilledDocument): void {
  for (const [step, changes] of Object.entries(steps)) {
    for (const [option, value] of Object.entries(changes)) {
      const path = ['steps', step, option]
      try {
        checkedStepOptions(`steps.${step}`, { [option]: value }, ['params'])
      } catch (error) {
        if (!isCairnError(error)) throw error
        const problem = document.isFilled(path)
          ? `"${path.join('.')}" from the environment does not fit`
          : error.message
        const problems = [{ at: document.place(path), problem: problem.replace(/\.$/, '') }]
        throw cairnError('CAIRN_CONFIG_INVALID', { problems }, { cause: error })
      }
    }
  }
}

/** Below a path; in a list a text stays one. */
function textParams({ wholes }: FilledDocument, below: ConfigPath): readonly TextParam[] {
  return wholes.flatMap(({ path, text }) => {
    const isBelow = path.length > below.length && below.every((part, index) => part === path[index])
    const names = path.slice(below.length)
    return isBelow && names.every(isName) ? [{ path: names, text }] : []
  })
}

function isName(part: string | number): part is string {
  return typeof part === 'string'
}
