import type { Matrix } from 'cairnml'

/** A layer of a network: a row per unit, whose last value is the bias. */
export type Layer = Matrix

/** A layer whose weights are small random numbers, as wide as its inputs ask for. */
export function newLayer(units: number, inputs: number, random: () => number): Layer {
  const scale = Math.sqrt(2 / inputs)
  const data = Float64Array.from({ length: units * (inputs + 1) }, () => (random() * 2 - 1) * scale)
  return { shape: [units, inputs + 1], data }
}

/** What each unit makes of the input: its weights times the input, plus its bias. */
export function apply({ shape: [units, width], data }: Layer, input: Float64Array): Float64Array {
  const output = new Float64Array(units)
  for (let unit = 0; unit < units; unit++) {
    const start = unit * width
    let sum = data[start + width - 1]!
    for (let at = 0; at < width - 1; at++) sum += data[start + at]! * input[at]!
    output[unit] = sum
  }
  return output
}

/** Moves the weights against the gradient of one sample: `slope` per unit, for the input that it saw. */
export function descend(
  { shape: [units, width], data }: Layer,
  { slope, input, rate }: { readonly slope: Float64Array; readonly input: Float64Array; readonly rate: number },
): void {
  for (let unit = 0; unit < units; unit++) {
    const change = rate * slope[unit]!
    if (change === 0) continue
    const start = unit * width
    for (let at = 0; at < width - 1; at++) data[start + at]! -= change * input[at]!
    data[start + width - 1]! -= change
  }
}

/** Brings every weight nearer to 0 by `amount`, and those that are nearer than that to 0. Biases stay. */
export function shrink({ shape: [, width], data }: Layer, amount: number): void {
  for (const [at, weight] of data.entries()) {
    const isBias = at % width === width - 1
    if (!isBias) data[at] = Math.sign(weight) * Math.max(0, Math.abs(weight) - amount)
  }
}

/** Scores as probabilities. */
export function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** The slope of the cross entropy at the scores: probabilities, less one for the right class. */
export function slopeAt(scores: Float64Array, label: number): Float64Array {
  const slope = softmax(scores)
  slope[label]! -= 1
  return slope
}

/** Nothing below zero. */
export function relu(values: Float64Array): Float64Array {
  return values.map((value) => Math.max(0, value))
}
