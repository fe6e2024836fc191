import { readFile } from 'node:fs/promises'

import { step, text } from 'cairnml'
import { z } from 'zod'

const loadAnyText = step({
  name: 'load_text',
  params: z.object({ title: z.string() }),
  output: text,
}).implement(({ title }) => readFile(new URL(`../../texts/${title}.txt`, import.meta.url), 'utf8'))

/** The step that loads one text. It declares its file, so it runs again when that changes, and only then. */
export function loadText(title: string) {
  return loadAnyText.with({ params: { title }, files: [`texts/${title}.txt`] })
}
