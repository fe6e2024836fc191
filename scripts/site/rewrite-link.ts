import { existsSync, statSync } from 'node:fs'
import path from 'node:path'

/** Where files of the repository are shown that are no pages of the site. */
const REPOSITORY = 'https://github.com/cairnml/cairn'

/** A link as a document writes it, for readers on GitHub. */
export interface DocumentLink {
  readonly href: string
  /** The document, from the root of the repository. */
  readonly document: string
  /** The root of the repository, absolute. */
  readonly root: string
}

/**
 * A link as the site needs it: `README.md` is the index of its folder, and what lies outside of `docs/` is shown by the
 * host of the repository.
 *
 * @throws Error if the file is not there
 */
export function rewriteLink({ href, document, root }: DocumentLink): string {
  if (/^(?:[a-z]+:|#|\/)/i.test(href)) return href
  const [file = '', anchor = ''] = href.split(/(?=#)/)
  const target = path.posix.join(path.posix.dirname(document), decodeURI(file))
  const place = path.join(root, target)
  if (!existsSync(place)) throw new Error(`${document} links to ${href}, and there is no ${target}.`)
  if (target.startsWith('docs/')) return href.replace(/README\.md(?=#|$)/, 'index.md')
  return `${REPOSITORY}/${statSync(place).isDirectory() ? 'tree' : 'blob'}/main/${target.replace(/\/$/, '')}${anchor}`
}
