import type { ItemChange, KeyChange } from './key-change.ts'
import { outputText } from './output-text.ts'
import { printable } from './value-text.ts'

const MOST_CHANGES = 3
const MOST_ITEMS = 2

const WAYS = { changed: 'changed', added: 'is new', removed: 'is gone' } as const

const EMPTY = '""'

/**
 * One difference as a clause: `parameter gamma 0.001 -> 0.0015`.
 *
 * @param mostItems how many pieces of code, files or packages are named before the rest is counted
 */
export function changeText(change: KeyChange, mostItems: number = MOST_ITEMS): string {
  const { before, after } = change
  return printable(textOf({ ...change, before: toldText(before), after: toldText(after) }, mostItems))
}

function textOf(change: KeyChange, mostItems: number): string {
  const { name, way, label } = change
  switch (change.kind) {
    case 'policy':
      return valuesText('cache policy', change)
    case 'parameter':
      return valuesText(`parameter ${name}`, change)
    case 'input':
      return inputText(change)
    case 'code':
      return codeText(change, mostItems)
    case 'port':
      return portText(change, mostItems)
    case 'captured':
      return valuesText(`captured value ${name}`, change)
    case 'package':
      return packageText(change, mostItems)
    case 'environment':
      return `environment variable ${name} ${WAYS[way]}`
    case 'files':
      return itemsText(change, mostItems) ?? `declared files ${way === 'changed' ? 'changed' : `are ${way}`}`
    case 'url':
      return `url ${name} ${WAYS[way]}`
    case 'key':
      return `what its own key() gives ${WAYS[way]}`
    case 'platform':
      return platformText(change)
    case 'other':
      return itemsText(change, mostItems) ?? `${label} ${WAYS[way]}${hashesText(change)}`
  }
}

function hashesText({ way, before, after }: KeyChange): string {
  return way === 'changed' && before !== undefined && after !== undefined ? `: ${before} -> ${after}` : ''
}

/** All differences as one text, cut after the most telling ones: `a; b; c; and 2 more`. */
export function changesText(changes: readonly KeyChange[]): string {
  const shown = changes.slice(0, MOST_CHANGES).map((change) => changeText(change))
  const left = changes.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('; ')
}

/** A text that can be seen in a sentence. */
function toldText(text: string | undefined): string | undefined {
  const trimmed = text?.trim()
  return trimmed === '' ? undefined : trimmed
}

function valuesText(what: string, change: Pick<KeyChange, 'way' | 'before' | 'after'>): string {
  const { way, before, after } = change
  const isTold = before !== undefined && after !== undefined && before !== after
  if (way === 'changed') return isTold ? `${what} ${before} -> ${after}` : `${what} changed`
  if (way === 'added') return `${what} is new${after === undefined ? '' : ` (${after})`}`
  return `${what} is gone${before === undefined ? '' : ` (was ${before})`}`
}

function inputText({ name, way, before, after, source }: KeyChange): string {
  if (way === 'removed') return `input ${name} is left out`
  // Of a tree from elsewhere a digest may be empty, or differ only behind what is shown of it.
  const isTold = before !== undefined && after !== undefined && before !== after
  const digests = way === 'changed' && isTold ? `${before} -> ${after}` : undefined
  const from = source === undefined ? digests : sourceText(source)
  return `input ${name} ${WAYS[way]}${from === undefined ? '' : ` (${from})`}`
}

function sourceText({ invocations, ranAgain, files = [] }: NonNullable<KeyChange['source']>): string {
  if (invocations.length === 0) {
    return files.length === 0 ? 'data from outside' : `data from outside, ${listText(files, MOST_ITEMS)}`
  }
  return `from ${listText(invocations, MOST_ITEMS)}, ${ranAgain ? 'which ran again' : 'reused'}`
}

function codeText(change: KeyChange, mostItems: number): string {
  const { label, way, before = EMPTY, after = EMPTY } = change
  if (label !== 'codeVersion') return itemsText(change, mostItems) ?? `code ${WAYS[way]}`
  if (way === 'changed') return `codeVersion ${before} -> ${after}`
  return way === 'added' ? `codeVersion ${after} replaces the code` : `the code counts, codeVersion ${before} is gone`
}

function portText(change: KeyChange, mostItems: number): string {
  const { label, name, way } = change
  if (label.startsWith('output:')) return valuesText(`type of ${theOutput(name)}`, change)
  const [side, ...rest] = name.split(':')
  const port = side === 'output' ? theOutput(rest.join(':')) : name.replace(':', ' ')
  const items = itemsText(change, mostItems)
  return `code of the type of ${port} ${items === undefined ? WAYS[way] : `changed: ${items}`}`
}

/** Where there is one output without a name, it is the output. */
function theOutput(name: string): string {
  const text = outputText(name)
  return text === 'output' ? 'the output' : text
}

function packageText({ name, way, before, after, items = [] }: KeyChange, mostItems: number): string {
  const [first] = items
  if (way !== 'changed' || before !== after) return valuesText(`package ${name}`, { way, before, after })
  if (first === undefined) return `package ${name} changed${after === undefined ? '' : `, still version ${after}`}`
  const what = items.length === 1 ? 'a package' : `${items.length} packages`
  return `${what} below ${name} changed: ${listText(
    items.map((item) => valuesText(item.label, item)),
    mostItems,
  )}`
}

function platformText({ name, way, before, after }: KeyChange): string {
  const what = PLATFORM_FIELDS[name] ?? (name === '' ? 'platform' : `platform ${name}`)
  return valuesText(what, { way, before, after })
}

const PLATFORM_FIELDS: Readonly<Record<string, string>> = {
  os: 'operating system',
  platform: 'operating system',
  arch: 'processor',
  cpus: 'number of processors',
  processors: 'number of processors',
  node: 'Node',
  abi: 'binary interface of Node',
  libc: 'C library',
}

/** The pieces that differ, or `undefined` where none is known. */
function itemsText({ items = [] }: KeyChange, mostItems: number): string | undefined {
  return items.length === 0 ? undefined : listText(items.map(itemText), mostItems)
}

function itemText({ label, kind, way }: ItemChange): string {
  return `${pieceText(label, kind)} ${WAYS[way]}`
}

/** `function normalise (src/helper.ts)` for `src/helper.ts:normalise`; what has no name is said by its line. */
function pieceText(label: string, kind: string | undefined): string {
  const colon = label.lastIndexOf(':')
  if (colon === -1 || kind === 'file') return `${kind ?? 'file'} ${label}`
  if (/^\d+$/.test(label.slice(colon + 1))) return `${kind ?? 'code'} at ${label}`
  return `${kind === undefined ? '' : `${kind} `}${label.slice(colon + 1)} (${label.slice(0, colon)})`
}

/** `a`, `a and b`, `a, b and 3 more`. */
function listText(texts: readonly string[], most: number): string {
  const left = texts.length - most
  const shown = left > 0 ? [...texts.slice(0, most), `${left} more`] : texts
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
