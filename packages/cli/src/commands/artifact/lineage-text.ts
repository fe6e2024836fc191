import type { Lineage, LineageStep } from '@cairnml/client'

import { plainText } from '../../output/plain-text.ts'
import { shortDigest } from './artifact-facts.ts'

/** A branch of the tree: its line, and what is below it. */
interface Branch {
  readonly line: string
  readonly branches: readonly Branch[]
}

/** A lineage as a tree. What occurs a second time is named without what is below it. */
export function lineageText(name: string, lineage: Lineage): string {
  const tree = lineage.direction === 'up' ? madeFrom(lineage) : usedBy(lineage)
  const [first, ...rest] = tree(name, lineage.root)
  const cut = lineage.truncated ? ['There is more: --limit N'] : []
  if (first === undefined) return ''
  return [
    first.line,
    ...first.branches.flatMap((each, at, all) => drawn(each, at === all.length - 1)),
    ...rest.map(({ line }) => line),
    ...cut,
  ]
    .map((line) => `${line}\n`)
    .join('')
}

type Grow = (name: string, digest: string) => readonly Branch[]

function madeFrom(lineage: Lineage): Grow {
  const seen = new Set<string>()
  const makers = new Map<string, LineageStep>()
  for (const step of lineage.steps.toReversed()) {
    for (const digest of Object.values(step.outputs)) makers.set(digest, step)
  }
  const grow = (name: string, digest: string): readonly Branch[] => {
    const maker = makers.get(digest)
    const by = maker === undefined ? 'from outside' : `made by ${maker.invocation} in run ${maker.run}`
    const line = `${artifactLine(lineage, name, digest)}, ${by}`
    if (maker === undefined) return [{ line, branches: [] }]
    if (seen.has(digest)) return [{ line: `${line} (see above)`, branches: [] }]
    seen.add(digest)
    const branches = Object.entries(maker.inputs).flatMap(([input, digests]) =>
      digests.flatMap((each) => grow(input, each)),
    )
    return [{ line, branches }]
  }
  return grow
}

function usedBy(lineage: Lineage): Grow {
  const seen = new Set<string>()
  const grow = (name: string, digest: string): readonly Branch[] => {
    const line = artifactLine(lineage, name, digest)
    if (seen.has(digest)) return [{ line: `${line} (see above)`, branches: [] }]
    seen.add(digest)
    const users = lineage.steps.filter(({ inputs }) => Object.values(inputs).flat().includes(digest))
    const branches = users.map(({ invocation, run, inputs, outputs }): Branch => {
      const inputName = Object.keys(inputs).find((input) => inputs[input]?.includes(digest)) ?? ''
      return {
        line: plainText(`used by ${invocation} in run ${run} as ${inputName}`),
        branches: Object.entries(outputs).flatMap(([output, each]) => grow(output, each)),
      }
    })
    return [{ line, branches }]
  }
  return grow
}

function artifactLine({ artifacts }: Lineage, name: string, digest: string): string {
  const type = artifacts.find((artifact) => artifact.digest === digest)?.type ?? ''
  return plainText(`${name}: ${type} ${shortDigest(digest)}`)
}

function drawn({ line, branches }: Branch, isLast: boolean): readonly string[] {
  const below = branches.flatMap((each, at) => drawn(each, at === branches.length - 1))
  return [`${isLast ? '└─' : '├─'} ${line}`, ...below.map((text) => `${isLast ? '  ' : '│ '} ${text}`)]
}
