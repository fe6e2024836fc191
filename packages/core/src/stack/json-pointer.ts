/**
 * What a reference inside of a document means, as a schema writes it: `#/definitions/a~1b`. `undefined` where nothing is
 * there, or in another document.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-6
 */
export function pointedAt(reference: string, root: object): unknown {
  if (!reference.startsWith('#')) return undefined
  const names = reference.slice(1).split('/').slice(1).map(pointedName)
  return names.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined,
    root,
  )
}

function pointedName(part: string): string {
  return decoded(part).replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Not every library encodes names for a URL. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
