import type { BundleSource, SourceTarget } from './bundle-source.ts'
import type { ModulePlan } from './module-plan.ts'

/** What links of a module are written from. */
export interface LinkContext {
  readonly source: BundleSource
  readonly live: ReadonlySet<string>
  readonly packageSpecifiers: ReadonlySet<string>
}

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/** The imports and exports of a module that is cut down, in the order of its own, as statements in one line. */
export function moduleLinks(plan: ModulePlan, context: LinkContext): string {
  const { requests } = plan.summary
  const specifiers = requests.filter(({ kind }) => kind === 'static' || kind === 'effect')
  const links = new Set<string>()
  for (const { specifier, kind } of specifiers) {
    const target = context.source.resolve(plan.file, specifier, 'import')
    const from = moduleText(target, specifier)
    const statements = [...importsFrom(plan, specifier, from), ...reexportsFrom(plan, specifier, from)]
    if (statements.length === 0 && mustLoad({ target, specifier, isEffect: kind === 'effect' }, context)) {
      links.add(`import ${from};`)
    }
    for (const statement of statements) links.add(statement)
  }
  return [...links, ...ownExports(plan)].join('')
}

/** A name in an import or export statement. */
export function linkedName(name: string): string {
  return IDENTIFIER.test(name) ? name : JSON.stringify(name)
}

function moduleText(target: SourceTarget, specifier: string): string {
  return JSON.stringify(target.kind === 'file' ? target.file : specifier)
}

function importsFrom({ summary, imports }: ModulePlan, specifier: string, from: string): readonly string[] {
  return [...imports].toSorted().flatMap((local) => {
    const imported = summary.imports[local]
    if (imported?.from !== specifier) return []
    const names = imported.name === '*' ? `* as ${local}` : `{${linkedName(imported.name)} as ${local}}`
    return [`import ${names} from ${from};`]
  })
}

function reexportsFrom({ summary, exports, starred }: ModulePlan, specifier: string, from: string): readonly string[] {
  const named = [...exports].toSorted().flatMap((name) => {
    const exported = summary.exports[name]
    if (exported === undefined || 'local' in exported || exported.from !== specifier) return []
    const names =
      exported.name === '*' ? `* as ${linkedName(name)}` : `{${linkedName(exported.name)} as ${linkedName(name)}}`
    return [`export ${names} from ${from};`]
  })
  const stars = starred.get(specifier)
  if (stars === undefined) return named
  const isWhole = stars.has('*')
  const found = [...stars].toSorted().filter((name) => name !== '*')
  return [
    ...named,
    ...(isWhole ? [`export * from ${from};`] : found.map((name) => `export {${linkedName(name)}} from ${from};`)),
  ]
}

function mustLoad(
  request: { readonly target: SourceTarget; readonly specifier: string; readonly isEffect: boolean },
  { live, packageSpecifiers }: LinkContext,
): boolean {
  if (request.target.kind === 'file') return live.has(request.target.file)
  return request.target.kind === 'package' && request.isEffect && packageSpecifiers.has(request.specifier)
}

/** Exports of local names that the text of kept statements does not already have. */
function ownExports(plan: ModulePlan): readonly string[] {
  const { summary } = plan
  const listed = new Set(summary.exportLists.flatMap(({ pairs }) => pairs.map(([, exported]) => exported)))
  return [...plan.exports].toSorted().flatMap((name) => {
    const exported = summary.exports[name]
    if (exported === undefined || !('local' in exported)) return []
    const { local } = exported
    const statement = `export {${local} as ${linkedName(name)}};`
    if (Object.hasOwn(summary.imports, local)) return [statement]
    const unit = summary.units.findIndex(({ names }) => names.includes(local))
    if (unit < 0) return []
    const isInText = !listed.has(name) && isKeptStatement(plan, unit)
    return isInText || local === '*default*' ? [] : [statement]
  })
}

/** Whether the statement of a unit stays, if only for another unit in it. */
export function isKeptStatement({ summary, kept }: ModulePlan, unit: number): boolean {
  const statement = summary.units[unit]?.statement
  return [...kept.units].some((index) => summary.units[index]?.statement[0] === statement?.[0])
}
