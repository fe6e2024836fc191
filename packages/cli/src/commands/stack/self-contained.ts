import { isJsonFile, loadStackFile, newStackText } from '@cairnml/core/stack-files'

import { textOf } from './change-stack.ts'

/** A stack file as it is, or with everything in it where it extends others, or is wanted in the other format. */
export async function selfContainedText(
  file: string,
  { components, target }: { readonly components: object; readonly target: string },
): Promise<string> {
  const { files } = await loadStackFile(file, '')
  const isSame = files.length === 1 && isJsonFile(file) === isJsonFile(target)
  return isSame ? textOf(file) : newStackText({ ...components }, target)
}
