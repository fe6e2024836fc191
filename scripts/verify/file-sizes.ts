import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { StageResult } from './stage.ts'

/** Lines per file: half of the files are at most this long, nine of ten, all but tables. */
const LIMITS = { median: 60, p90: 200, max: 350 }

const SOURCES = ['packages/*/src/**/*.ts', 'plugins/*/src/**/*.ts']

/** Checks that the sources, without tests, stay in small files. */
export function checkFileSizes(root: string): StageResult {
  const files = globSync(SOURCES, { cwd: root })
    .filter((file) => !/\.(test|test-d|fixture)\.ts$/.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .toSorted((a, b) => a.lines - b.lines)
  const median = quantile(files, 0.5)
  const p90 = quantile(files, 0.9)
  const long = files.filter(({ file, lines }) => lines > LIMITS.max && !file.endsWith('-data.ts'))
  const problems = [
    ...(median > LIMITS.median ? [`The median is ${median} lines; at most ${LIMITS.median}.`] : []),
    ...(p90 > LIMITS.p90 ? [`Nine of ten files have up to ${p90} lines; at most ${LIMITS.p90}.`] : []),
    ...long.map(({ file, lines }) => `${file} has ${lines} lines; at most ${LIMITS.max}.`),
  ]
  const note = `${files.length} files, median ${median}, p90 ${p90}, longest ${files.at(-1)?.lines ?? 0}`
  return { passed: problems.length === 0, note, output: problems.join('\n') }
}

function quantile(sorted: readonly { readonly lines: number }[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)]?.lines ?? 0
}
