import { stripVTControlCharacters } from 'node:util'

import { localTime, type FollowedLine } from '@cairnml/client'

import { plainLines } from '../../output/plain-text.ts'
import { print, printJson } from '../../output/print.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** How lines are printed. */
export interface LineStyle {
  readonly json: boolean
  readonly timestamps: boolean
  /** The width of the names of steps before the lines; 0 where one step is shown. */
  readonly labelWidth: number
}

/** Prints a line of a log. */
export function printLine(line: FollowedLine, { json, timestamps, labelWidth }: LineStyle): void {
  const { label, ...facts } = line
  if (json) return printJson('cairn.log-line/1', facts)
  const at = timestamps ? `${localTime(line.time)}  ` : ''
  const name = labelWidth === 0 ? '' : `${label.padEnd(labelWidth)} | `
  const level = line.level === undefined || line.level === 'info' ? '' : `${line.level}: `
  print(`${at}${name}${level}${shownText(line.text)}\n`)
}

/** A pipe gets the bytes that the step printed. */
function shownText(text: string): string {
  return standardOutput().isTTY ? plainLines(stripVTControlCharacters(text)) : text
}
