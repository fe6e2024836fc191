import { stripVTControlCharacters } from 'node:util'

const ESCAPE = '\u001B'
const COLOUR = new RegExp(`(${ESCAPE}\\[[\\d;:]*m)`)
const CONTROLS = /(?!\t)\p{Cc}/gu

/** A text for a place of its own on the screen: without colours and whatever moves the cursor. */
export function flatText(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\t', ' ').replaceAll(CONTROLS, '')
}

/** A printed line as it may stand above the steps: with its colours, without whatever moves the cursor. */
export function printedText(line: string): string {
  if (!line.includes(ESCAPE)) return line.replaceAll(CONTROLS, '')
  const parts = line.split(COLOUR)
  const kept = parts.map((part, index) =>
    index % 2 === 1 ? part : stripVTControlCharacters(part).replaceAll(CONTROLS, ''),
  )
  return `${kept.join('')}${parts.length > 1 ? `${ESCAPE}[0m` : ''}`
}
