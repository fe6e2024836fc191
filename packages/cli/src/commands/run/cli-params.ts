import type { PipelineDefinition } from '@cairnml/core'

import type { GivenParam } from './given-param.ts'
import { readParams } from './read-params.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * The arguments of a run: those of the file under those that were given as text. Inputs are not checked here.
 *
 * @throws the codes of the parameter area
 */
export function cliParams(pipeline: PipelineDefinition, args: Values, given: readonly GivenParam[]): Values {
  if (given.length === 0) return args
  const isInput = (name: string): boolean => Object.hasOwn(pipeline.inputs, name)
  const [inputs, params] = parted(Object.entries(args), ([name]) => isInput(name))
  const [givenInputs, givenParams] = parted(given, ({ path: [name = ''] }) => isInput(name))
  const asInputs = givenInputs.map(({ path: [name = ''], json }) => [name, json] as const)
  const owner = { schema: pipeline.params, where: `Pipeline "${pipeline.name}"` }
  return {
    ...Object.fromEntries([...inputs, ...asInputs]),
    ...readParams(owner, Object.fromEntries(params), givenParams),
  }
}

function parted<T>(all: readonly T[], test: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(test), all.filter((one) => !test(one))]
}
