import type { CodeProvenance } from '@cairnml/core'
import { printable } from '@cairnml/core/explain'

const MOST_FILES = 3

/** Which state of the code a run was made with, for people: `git: branch main, no file changed, pushed, https://…`. */
export function provenanceLines(found: CodeProvenance | undefined): readonly string[] {
  if (found === undefined) return []
  const facts = [branchText(found), changedText(found), pushedText(found), found.remote].filter(
    (text) => text !== undefined,
  )
  const missing = (found.missing ?? []).map((clause) => `not known: ${clause}`)
  return [...(facts.length === 0 ? [] : [facts.join(', ')]), ...missing].map((text) =>
    printable(`  ${found.type}: ${text}`),
  )
}

function branchText({ branch, commit }: CodeProvenance): string | undefined {
  if (branch !== undefined) return `branch ${branch}`
  return commit === undefined ? undefined : 'no branch'
}

function changedText({ dirty, changed }: CodeProvenance): string | undefined {
  if (dirty === undefined) return undefined
  if (!dirty || changed === undefined) return dirty ? 'files changed' : 'no file changed'
  const { count, files } = changed
  const shown = files.slice(0, MOST_FILES)
  const left = count - shown.length
  const named = [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ')
  return `${count} ${count === 1 ? 'file' : 'files'} changed (${named})`
}

function pushedText({ pushed }: CodeProvenance): string | undefined {
  if (pushed === undefined) return undefined
  return pushed ? 'pushed' : 'not pushed'
}
