import { hash } from 'node:crypto'

import { usageError } from '../../flags/parse-flags.ts'
import type { SweepAxis } from './sweep-axis.ts'
import type { SweptValue } from './swept-values.ts'

/** A value of each parameter of a sweep. */
export interface Combination {
  readonly values: readonly (SweptValue & { readonly axis: SweepAxis })[]
  /** The values that vary, for people: `gamma=0.1 c=2`. */
  readonly label: string
}

/** A part of all combinations, the same for the same seed. */
export interface Sample {
  readonly size: number
  readonly seed: string
}

const MOST_TO_SAMPLE = 1_000_000

/**
 * Every combination of the values of parameters, the last one varying fastest; or a sample of them, in that order, too.
 *
 * @param most how many there may be
 * @throws CAIRN_COMMAND_USAGE
 */
export function combinations(
  axes: readonly SweepAxis[],
  { most, sample }: { readonly most: number; readonly sample?: Sample | undefined },
): readonly Combination[] {
  const total = axes.reduce((product, { values }) => product * values.length, 1)
  if (sample !== undefined && total > MOST_TO_SAMPLE)
    throw usageError(`--random picks from ${MOST_TO_SAMPLE} combinations at most; these are ${total}.`)
  const count = Math.min(total, sample?.size ?? total)
  if (count > most)
    throw usageError(`These are ${count} runs; --max-runs allows ${most}. Raise it, or take a sample with --random.`)
  const indices = Array.from({ length: total }, (_, index) => index)
  const wanted = sample === undefined ? indices : sampled(indices, sample)
  return wanted.map((index) => combination(axes, index))
}

/** The parameters that take several values; all of them where none does. */
export function variedAxes(axes: readonly SweepAxis[]): readonly SweepAxis[] {
  const varied = axes.filter(({ values }) => values.length > 1)
  return varied.length > 0 ? varied : axes
}

function combination(axes: readonly SweepAxis[], index: number): Combination {
  const values: (SweptValue & { readonly axis: SweepAxis })[] = []
  let left = index
  for (const axis of axes.toReversed()) {
    const value = axis.values[left % axis.values.length]
    left = Math.floor(left / axis.values.length)
    if (value !== undefined) values.unshift({ ...value, axis })
  }
  const varied = variedAxes(axes)
  const shown = values.filter(({ axis }) => varied.includes(axis))
  return { values, label: shown.map(({ axis, text }) => `${axis.name}=${text}`).join(' ') }
}

function sampled(indices: readonly number[], { size, seed }: Sample): readonly number[] {
  return indices
    .map((index) => ({ index, rank: hash('sha256', `${seed}\0${index}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ index }) => index)
    .toSorted((a, b) => a - b)
}
