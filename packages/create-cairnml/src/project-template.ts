import { pinnedManifest } from './pinned-manifest.ts'
import { templateFiles, type Files } from './template-files.ts'

/** How the template of a project is read. */
export interface ProjectTemplateOptions {
  /** Version of Cairn that the project asks for. */
  readonly version: string
  /** Extension of the files of pipelines: `mts` where a package is not one of ES modules. @default 'ts' */
  readonly extension?: 'ts' | 'mts' | undefined
}

/**
 * The files of a new project: `package.json` with the name `acme`, `tsconfig.json`, `cairn.yaml`, `.gitignore`,
 * `README.md` and a first pipeline with its test in `src`.
 */
export async function projectTemplate({ version, extension = 'ts' }: ProjectTemplateOptions): Promise<Files> {
  const files = [...(await templateFiles('project'))].map(([path, text]): readonly [string, string] => {
    if (path === 'package.json') return [path, pinnedManifest(text, version)]
    if (extension === 'ts') return [path, text]
    const renamed = path.replace(/(?<=^src\/.*)\.ts$/, `.${extension}`)
    return [renamed, text.replaceAll('.pipeline.ts', `.pipeline.${extension}`)]
  })
  return new Map(files)
}
