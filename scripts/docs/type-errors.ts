import { runCommand } from '../repository/run-command.ts'
import type { DocumentPlace } from './run-document.ts'
import type { FileStep } from './snippet-steps.ts'

interface CheckedDocument extends DocumentPlace {
  readonly files: ReadonlyMap<string, FileStep>
}

/** Type-checks the TypeScript of a project; the errors point into the document. */
export async function typeErrors({ document, project, files }: CheckedDocument): Promise<readonly string[]> {
  const { passed, output } = await runCommand(['tsc', '-p', 'tsconfig.json', '--pretty', 'false'], { cwd: project })
  if (passed) return []
  return output
    .trimEnd()
    .split(/\n(?=\S)/)
    .map((error) => pointIntoDocument(error, document, files))
}

function pointIntoDocument(error: string, document: string, files: ReadonlyMap<string, FileStep>): string {
  const [, path = '', line = '', text = ''] = /^(.+?)\((\d+),\d+\): ([^]*)$/.exec(error) ?? []
  const step = files.get(path)
  return step === undefined
    ? `${document}: ${error}`
    : `${document}:${step.line + Number(line) - 1 - step.hiddenLines}: ${text}`
}
