import { realpathSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { checkedDocument } from '../config/check-document.ts'
import type { ConfigDocument } from '../config/config-document.ts'
import { parseConfigDocument } from '../config/parse-document.ts'
import { readConfigText } from '../config/read-config-file.ts'
import { cairnError } from '../errors/cairn-error.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import type { StackPlace } from '../stack/stack-place.ts'
import { STACK_PORTS, STACK_SCHEMA, type StackValues } from './stack-schema.ts'

/** A stack as its file defines it, with what the file extends. */
export interface FileStack {
  readonly definition: StackDefinition
  /** The file, then those that it extends, absolute. */
  readonly files: readonly string[]
  readonly place: StackPlace
}

interface Layer {
  readonly file: string
  readonly values: StackValues
  readonly document: ConfigDocument
}

const MAX_LAYERS = 20
const MAX_BYTES = 128 * 1024

/**
 * Reads a stack file and those that it extends. Nothing in it is executed, and secrets stay as they are written.
 *
 * @param text what the file is to hold, in place of what it holds
 * @throws CAIRN_CONFIG_MISSING, CAIRN_CONFIG_INVALID
 */
export async function loadStackFile(file: string, name: string, text?: string): Promise<FileStack> {
  const layers = await readLayers(file, text)
  const [own] = layers
  const ownerOf = (port: string | number | undefined): Layer | undefined =>
    layers.find(({ values }) => values[port as keyof StackValues] !== undefined) ?? own
  const components = STACK_PORTS.flatMap((port) => {
    const reference = ownerOf(port)?.values[port]
    return reference === undefined ? [] : [[port, reference] as const]
  })
  return {
    definition: { name, ...Object.fromEntries(components) },
    files: layers.map((layer) => layer.file),
    place: (path, of) => ownerOf(path[0])?.document.place(path, of) ?? file,
  }
}

/**
 * The text of a stack file, whatever it says: of a regular file, or behind a link to one.
 *
 * @param wanted what asks for the file, as errors say it
 * @throws CAIRN_CONFIG_MISSING, CAIRN_CONFIG_INVALID
 */
export async function readStackText(file: string, wanted = 'The stack'): Promise<string> {
  if (isStrange(file)) throw refused(nodePath.relative('', file) || file, 'it is not a regular file')
  return readConfigText(file, wanted, MAX_BYTES)
}

/** The file first, what it extends after it. */
async function readLayers(file: string, text: string | undefined): Promise<readonly Layer[]> {
  const layers: Layer[] = []
  let next: { readonly path: string; readonly wanted: string } | undefined = { path: file, wanted: 'The stack' }
  while (next !== undefined) {
    const isGiven = text !== undefined && layers.length === 0
    const layer: Layer = isGiven ? givenLayer(file, text) : await readLayer(next.path, next.wanted)
    const at = layers.at(-1)?.document.place(['extends']) ?? layer.document.place([])
    if (layers.some((other) => other.file === layer.file)) throw refused(at, circleOf([...layers, layer]))
    if (layers.length === MAX_LAYERS) throw refused(at, `more than ${MAX_LAYERS} files extend one another`)
    layers.push(layer)
    const { extends: base } = layer.values
    const wanted = `"extends" (${layer.document.place(['extends'])})`
    next = base === undefined ? undefined : { path: nodePath.resolve(nodePath.dirname(layer.file), base), wanted }
  }
  return layers
}

async function readLayer(path: string, wanted: string): Promise<Layer> {
  const text = await readStackText(path, wanted)
  const document = parseConfigDocument(text, nodePath.relative('', path) || path)
  return { file: realpathSync(path), values: checkedDocument(STACK_SCHEMA, document), document }
}

/** Whether it is a pipe or a device: nobody may ever write to it, or it may never end. */
function isStrange(path: string): boolean {
  try {
    const stats = statSync(path)
    return !stats.isFile() && !stats.isDirectory()
  } catch {
    // What is wrong with it is said where it is read.
    return false
  }
}

function givenLayer(file: string, text: string): Layer {
  const document = parseConfigDocument(text, nodePath.relative('', file) || file)
  // The file may not be there yet, but its folder is.
  const real = nodePath.join(realpathSync(nodePath.dirname(file)), nodePath.basename(file))
  return { file: real, values: checkedDocument(STACK_SCHEMA, document), document }
}

/** @param layers the last is there before */
function circleOf(layers: readonly Layer[]): string {
  const files = layers.map(({ file }) => nodePath.relative('', file) || file)
  const circle = files.slice(files.indexOf(files.at(-1) ?? ''))
  return circle.length === 2 ? 'it extends itself' : `it extends itself: ${circle.join(' extends ')}`
}

function refused(at: string, problem: string): Error {
  return cairnError('CAIRN_CONFIG_INVALID', { problems: [{ at, problem }] })
}
