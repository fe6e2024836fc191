/** One measured figure. */
export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'MiB' | 'x'
  /** The same unit: what the machine needs for the least that such a thing has to do, measured in the same run. */
  readonly floor?: number | undefined
  /** `value / floor`. */
  readonly ratio?: number | undefined
  readonly budget?: string | undefined
  /** Whether the figure keeps its budget; absent where there is none. */
  readonly ok?: boolean | undefined
}

/** What a row is made from. */
export interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: Row['unit']
  readonly floor?: number | undefined
  /** The value must not be above. */
  readonly most?: number | undefined
  /** The value divided by the floor must not be above. */
  readonly mostRatio?: number | undefined
}

/** A row with its ratio, and what its budget says of it. */
export function row({ name, value, unit, floor, most, mostRatio }: Measured): Row {
  const ratio = floor === undefined ? undefined : value / floor
  const limits = [
    ...(most === undefined ? [] : [{ text: `<= ${most} ${unit}`, holds: value <= most }]),
    ...(mostRatio === undefined ? [] : [{ text: `<= ${mostRatio} x floor`, holds: (ratio ?? Infinity) <= mostRatio }]),
  ]
  if (limits.length === 0) return { name, value, unit, floor, ratio }
  const budget = limits.map(({ text }) => text).join(', ')
  return { name, value, unit, floor, ratio, budget, ok: limits.every(({ holds }) => holds) }
}
