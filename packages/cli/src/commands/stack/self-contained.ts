import { isJsonFile, loadStackFile, newStackText, readStackText } from '@cairnml/core/stack-files'

/** A stack file as it is, or with everything in it where it extends others, or is wanted in the other format. */
export async function selfContainedText(
  file: string,
  { components, target }: { readonly components: object; readonly target: string },
): Promise<string> {
  const { files } = await loadStackFile(file, '')
  const isSame = files.length === 1 && isJsonFile(file) === isJsonFile(target)
  return isSame ? readStackText(file) : newStackText({ ...components }, target)
}
