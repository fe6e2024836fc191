import { fileURLToPath } from 'node:url'

const INSTALLED = /[\\/]node_modules[\\/]/

/** The path of a module that belongs to a project: no part of Node, nothing installed. */
export function projectFile(url: string | undefined): string | undefined {
  if (url?.startsWith('file:') !== true) return undefined
  const path = fileURLToPath(url)
  return INSTALLED.test(path) ? undefined : path
}
