import { parseParam } from '../run/given-param.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { sweptValues, type SweptValue } from './swept-values.ts'

/** A parameter of a sweep, and the values that it takes. */
export interface SweepAxis {
  readonly option: 'param' | 'step-param'
  /** As given: `gamma`, `style.loud`, `train.gamma`. */
  readonly name: string
  readonly path: readonly string[]
  /** At least one. */
  readonly values: readonly SweptValue[]
}

/**
 * Reads `NAME=VALUES` of `--param` and `STEP.NAME=VALUES` of `--step-param`.
 *
 * @throws CAIRN_PARAMETER_SYNTAX, CAIRN_SWEEP_VALUES, CAIRN_COMMAND_USAGE for a parameter that is given twice
 */
export function sweepAxes(option: SweepAxis['option'], given: readonly string[]): readonly SweepAxis[] {
  const axes = given.map((one): SweepAxis => {
    const { path, text } = parseParam(one, 'text')
    return { option, name: path.join('.'), path, values: sweptValues(text, one) }
  })
  const twice = axes.find(({ name }, at) => axes.findIndex((axis) => axis.name === name) < at)
  if (twice !== undefined)
    throw usageError(`--${option} ${twice.name} is given twice; write its values as a list: ${twice.name}=1,2.`)
  return axes
}
