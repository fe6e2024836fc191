import type { Files } from './template-files.ts'

/** Puts a name in place of `acme`, in texts and paths, in each of the forms that code writes names in. */
export function fillTemplate(files: Files, name: string): Files {
  const pascal = name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const screaming = name.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase()
  const filled = (text: string): string =>
    text.replaceAll('acme', name).replaceAll('Acme', pascal).replaceAll('ACME', screaming)
  return new Map([...files].map(([path, text]) => [filled(path), filled(text)]))
}
