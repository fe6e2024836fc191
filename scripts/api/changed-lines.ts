/** The lines that only one of two texts has, marked `-` and `+`, in the order of the texts. */
export function changedLines(before: string, after: string): readonly string[] {
  return [...missing(before, after).map((line) => `- ${line}`), ...missing(after, before).map((line) => `+ ${line}`)]
}

/** Lines of one text that another has fewer times. */
function missing(text: string, other: string): readonly string[] {
  const count = new Map<string, number>()
  for (const line of other.split('\n')) count.set(line, (count.get(line) ?? 0) + 1)
  return text.split('\n').filter((line) => {
    const left = count.get(line) ?? 0
    count.set(line, left - 1)
    return left <= 0
  })
}
