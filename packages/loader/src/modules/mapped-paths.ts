/** The paths, without their extensions, that `paths` of a tsconfig has for a specifier, in order. */
export function mappedPaths(
  specifier: string,
  paths: Readonly<Record<string, readonly string[]>> = {},
): readonly string[] {
  return Object.entries(paths).flatMap(([pattern, targets]) => {
    const rest = matched(pattern, specifier)
    return rest === undefined ? [] : targets.map((target) => target.replace('*', () => rest))
  })
}

function matched(pattern: string, specifier: string): string | undefined {
  const [before = '', after] = pattern.split('*', 2)
  if (after === undefined) return pattern === specifier ? '' : undefined
  const fits = specifier.length >= pattern.length - 1 && specifier.startsWith(before) && specifier.endsWith(after)
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined
}
