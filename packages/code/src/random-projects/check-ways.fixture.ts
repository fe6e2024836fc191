import { checkVariants } from './check-projects.fixture.ts'
import type { Identity } from './identity.fixture.ts'
import type { RandomProject } from './random-project.fixture.ts'
import type { WayToChange } from './way-to-change.fixture.ts'
import { WAYS_TO_CHANGE } from './ways-to-change-data.fixture.ts'

/** What an identity says of the ways to change what a step reads. */
export interface WaysReport {
  readonly seen: number
  readonly refused: number
  /** Where a digest did not change with the result, as `area: change`. */
  readonly unseen: readonly (readonly [change: string, layout: Layout])[]
  /** The result did not change, or there was none: a fault of the table. */
  readonly pointless: readonly string[]
}

/**
 * Where the change is: beside what it changes, in the entry, in a file that the entry imports, in a function of such a
 * file; or in another step.
 */
const LAYOUTS = ['one file', 'entry', 'plug-in', 'function', 'step'] as const
/** One of them. */
export type Layout = (typeof LAYOUTS)[number]

/** Not in the body of a function. */
const TOP_LEVEL = /\bexport\b|for await/
const NEEDS_ASYNC = /\bawait\b/

/**
 * Takes every change out of its project, in several layouts.
 *
 * @param part which of `of` equal parts of the table
 */
export async function checkWays(identity: Identity, part = 0, of = 1): Promise<WaysReport> {
  const report = { seen: 0, refused: 0, unseen: [] as [string, Layout][], pointless: [] as string[] }
  for (const [area, ways] of Object.entries(WAYS_TO_CHANGE)) {
    for (const [index, way] of ways.entries()) {
      if (index % of !== part) continue
      for (const layout of LAYOUTS) {
        const isInFunction = layout === 'function' || layout === 'step'
        if (isInFunction && TOP_LEVEL.test(way.change)) continue
        const verdict = await verdictOf(way, layout, identity)
        const what = `${area}: ${way.change}`
        if (verdict === 'unseen') report.unseen.push([what, layout])
        else if (verdict === 'pointless') report.pointless.push(`${what} (${layout})`)
        else report[verdict]++
      }
    }
  }
  return report
}

/** A change by another step has to be refused; any other has to be seen. */
function verdictOf(way: WayToChange, layout: Layout, identity: Identity): ReturnType<typeof checkVariants> {
  const before = projectOf(way, layout)
  const after = layout === 'step' ? before : projectOf({ ...way, change: '' }, layout)
  return checkVariants({ before, after }, identity)
}

function projectOf({ declared, change, read }: WayToChange, layout: Layout): RandomProject {
  const names = namesOf(declared)
  const imports = `import { ${names} } from './things.ts'\n`
  const asynchronous = NEEDS_ASYNC.test(change) ? 'async ' : ''
  const reader = `import { step } from 'cairnml'\nexport const s = step({ name: 's' }).implement(() => ${read})\n`
  const writer = `export const t = step({ name: 't' }).implement(${asynchronous}() => { ${change} })\n`
  const plug = `export ${asynchronous}function plug() { ${change} }\n`
  const files = {
    'things.ts': `${declared}\nexport { ${names} }\n${layout === 'one file' ? `;${change}\n` : ''}`,
    'steps.ts': `${imports}${reader}${layout === 'step' ? writer : ''}`,
    'plug.ts': `${imports}${layout === 'function' ? plug : `;${change}\n`}`,
    'main.ts': `import './steps.ts'\n${layout === 'entry' ? `${imports};${change}\n` : (ENTRY[layout] ?? '')}`,
  }
  const steps = (layout === 'step' ? ['s', 't'] : ['s']).map((name) => {
    return { name, file: 'steps.ts', needle: `step({ name: '${name}'` }
  })
  return { texts: new Map(Object.entries(files)), entry: 'main.ts', steps }
}

const ENTRY: Readonly<Partial<Record<Layout, string>>> = {
  'plug-in': `import './plug.ts'\n`,
  function: `import { plug } from './plug.ts'\nawait plug()\n`,
}

function namesOf(declared: string): string {
  const found = declared.matchAll(/(?:^|[;}] |, )(?:const |let |class |function\*? )?(\w+)(?= =|\(| \{| extends)/g)
  return [...new Set([...found].map(([, name]) => name ?? ''))]
    .filter((name) => new RegExp(`(?:const|let|class|function\\*?|,) ${name}\\b`).test(declared))
    .join(', ')
}
