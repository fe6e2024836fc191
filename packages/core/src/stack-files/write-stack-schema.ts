import { hash } from 'node:crypto'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { makeLocalFolder } from '../files/local-folder.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { PluginSearch } from '../plugin/resolve-plugin.ts'
import { installedComponents } from './installed-plugins.ts'
import { installedState } from './installed-state.ts'
import type { LoadLimit } from './load-limit.ts'
import { stackJsonSchema } from './stack-json-schema.ts'

/** More than any schema has; what is larger was not written by Cairn. */
const MAX_BYTES = 16 * 1024 * 1024

/** The file by which editors check and complete the stack files of a project. */
export function stackSchemaFile(cairnDir: string): string {
  return nodePath.join(cairnDir, 'stack.schema.json')
}

/**
 * Writes the JSON Schema of stack files for the plugins that are installed, unless the file is there as it was written for
 * just these: only to write it are they loaded. It is for editors: where it cannot be written, as in a folder that may
 * only be read, there is none, or the old one.
 */
export async function writeStackSchema(
  environment: PluginSearch & { readonly cairnDir: string },
  limit?: LoadLimit,
): Promise<void> {
  const { cairnDir } = environment
  const file = stackSchemaFile(cairnDir)
  // Looked at before they are loaded: what is installed meanwhile is seen the next time.
  const installed = installedState(environment)
  try {
    if (isWrittenFor(installed, file)) return
    makeLocalFolder(cairnDir, cairnDir)
    accessSync(cairnDir, constants.W_OK)
    const schema = await stackJsonSchema(await installedComponents(environment, limit), limit)
    await writeWhole(file, stamped(`${JSON.stringify(schema, undefined, 2).slice('{\n'.length)}\n`, installed))
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
  }
}

/** Whether the file is whole and as Cairn wrote it, for these plugins. */
function isWrittenFor(installed: string, file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats?.isFile() !== true || stats.size > MAX_BYTES) return false
  const text = readFileSync(file, 'utf8')
  const secondLine = text.indexOf('\n') + 1
  return text === stamped(text.slice(text.indexOf('\n', secondLine) + 1), installed)
}

/** The text of the file: all of it and what it was written for are in the digest at its head. */
function stamped(body: string, installed: string): string {
  const digest = hash('sha256', `${installed}\n${body}`)
  return `{\n  "$comment": "Written by Cairn for the plugins that are installed: ${digest}",\n${body}`
}
