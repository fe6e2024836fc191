import { existsSync } from 'node:fs'

import { writeWhole } from '@cairnml/core/files'
import { loadStackFile, withStacksLocked } from '@cairnml/core/stack-files'

import { activate } from './activate.ts'
import type { StackAnswer } from './stack-command.ts'
import { shownPath, type StackSession } from './stack-session.ts'
import { writeStackText } from './write-stack-text.ts'
import { assertValid, uncheckedLines, validated, type CheckFlags } from './validation.ts'

/** A stack file that a command writes. */
export interface StackWrite {
  readonly name: string
  readonly format: string
  /** What it did, in the past: `registered`. */
  readonly done: string
  readonly flags: CheckFlags & { readonly set?: boolean }
  /** Says which file gets which text, when no other process changes stacks. */
  readonly next: () => Promise<{ readonly file: string; readonly text: string }>
}

/** Writes a stack file if what it is to hold can be used. */
export async function writeStack(session: StackSession, write: StackWrite): Promise<StackAnswer> {
  const { name, flags } = write
  return withStacksLocked(session.cairnDir, async () => {
    const { file, text } = await write.next()
    const stack = { ...(await loadStackFile(file, name, text)), file }
    const components = await validated(session, stack, flags)
    assertValid(components)
    const choice = { name, source: 'option' } as const
    await (existsSync(file) ? writeStackText(file, text) : writeWhole(file, text))
    const moved = flags.set === true ? await activate(session, { ...stack, choice }) : []
    const lines = [`Stack ${name} is ${write.done}: ${shownPath(file)}.`, ...moved]
    if (flags.set === true) lines.push(`Stack ${name} is set.`)
    return {
      text: `${lines.join('\n')}\n${uncheckedLines(components, flags)}`,
      json: { format: write.format, name, file, components, set: flags.set === true, notices: moved },
    }
  })
}
