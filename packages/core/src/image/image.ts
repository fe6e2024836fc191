/** A picture as pixels, row by row from the top left: `data[(row * width + column) * channels + channel]`. */
export interface Image {
  readonly width: number
  readonly height: number
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4
  /** 8 or 16 bits per channel; `width * height * channels` numbers. */
  readonly data: Uint8Array | Uint16Array
}

/** Why a value is no image, as a clause, or `undefined` if it is one. */
export function imageProblem(value: Image): string | undefined {
  if (typeof value !== 'object' || value === null)
    return `it is ${value === null ? 'null' : typeof value}, not an image`
  const { width, height, channels, data } = value
  for (const [name, length] of [
    ['width', width],
    ['height', height],
  ] as const) {
    if (!Number.isInteger(length) || length < 1 || length > 0x7fffffff)
      return `its ${name} is not a whole number from 1`
  }
  if (![1, 2, 3, 4].includes(channels)) return 'it has neither 1, 2, 3 nor 4 channels'
  if (!(data instanceof Uint8Array) && !(data instanceof Uint16Array)) {
    return 'its data is neither a Uint8Array nor a Uint16Array'
  }
  const wanted = width * height * channels
  return data.length === wanted ? undefined : `its data has ${data.length} numbers, ${wanted} are wanted`
}
