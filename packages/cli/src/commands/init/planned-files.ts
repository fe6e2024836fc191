import { existsSync, readFileSync } from 'node:fs'
import nodePath from 'node:path'

import { projectTemplate } from 'create-cairnml'

import { manifestOf } from './manifest-of.ts'

/** A file that is to be written, or added to. */
export interface PlannedFile {
  /** From the folder, with forward slashes. */
  readonly path: string
  /** What is written, or added at the end. */
  readonly text: string
  readonly action: 'write' | 'add'
  /** What it is for. */
  readonly purpose: string
}

/**
 * The files that a folder lacks to be a project of Cairn: those of a new project but its tests and README.
 *
 * @param version of Cairn
 */
export async function plannedFiles(folder: string, version: string): Promise<readonly PlannedFile[]> {
  const packageDir = nearestWith('package.json', folder)
  const isModule = packageDir === undefined || manifestOf(packageDir)?.['type'] === 'module'
  const extension = isModule ? 'ts' : 'mts'
  const template = await projectTemplate({ version, extension })
  const planned = (path: string, purpose: string): PlannedFile => ({
    path,
    text: template.get(path) ?? '',
    action: 'write',
    purpose,
  })
  const pipeline = `src/hello.pipeline.${extension}`
  const hasProject = existsSync(nodePath.join(folder, 'cairn.yaml'))
  const hasPipeline = hasProject || existsSync(nodePath.join(folder, pipeline))
  return [
    ...(packageDir === undefined ? [manifest(folder, template.get('package.json') ?? '')] : []),
    ...(nearestWith('tsconfig.json', folder) === undefined
      ? [planned('tsconfig.json', 'checks the types that Node leaves out')]
      : []),
    ...(hasProject ? [] : [planned('cairn.yaml', 'configures the project')]),
    ...(hasPipeline ? [] : [planned(pipeline, 'a first pipeline')]),
    ...gitIgnore(folder, packageDir === undefined ? ['node_modules/', '.cairn/'] : ['.cairn/']),
  ]
}

/** Without what only the tests of a new project need. */
function manifest(folder: string, template: string): PlannedFile {
  // Sound: it is the manifest of the template, which has these parts.
  const { scripts, devDependencies, ...rest } = JSON.parse(template) as {
    readonly scripts: Readonly<Record<string, string>>
    readonly devDependencies: Readonly<Record<string, string>>
  }
  const { test: _test, ...ownScripts } = scripts
  const { '@cairnml/testing': _testing, ...ownDevDependencies } = devDependencies
  const content = { ...rest, name: packageName(folder), scripts: ownScripts, devDependencies: ownDevDependencies }
  const text = `${JSON.stringify(content, undefined, 2)}\n`
  return { path: 'package.json', text, action: 'write', purpose: 'the packages that it needs' }
}

function gitIgnore(folder: string, wanted: readonly string[]): readonly PlannedFile[] {
  const path = nodePath.join(folder, '.gitignore')
  const content = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const known = (content ?? '').split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ''))
  const missing = wanted.filter((line) => !known.includes(line.replace(/\/$/, '')))
  if (missing.length === 0) return []
  const lines = missing.map((line) => `${line}\n`).join('')
  const purpose = `keeps ${missing.join(' and ')} out of git`
  if (content === undefined) return [{ path: '.gitignore', text: lines, action: 'write', purpose }]
  const isOpen = content !== '' && !content.endsWith('\n')
  return [{ path: '.gitignore', text: isOpen ? `\n${lines}` : lines, action: 'add', purpose }]
}

function packageName(folder: string): string {
  const name = nodePath
    .basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
  return name === '' ? 'project' : name
}

function nearestWith(file: string, folder: string): string | undefined {
  for (let dir = folder; ; dir = nodePath.dirname(dir)) {
    if (existsSync(nodePath.join(dir, file))) return dir
    if (dir === nodePath.dirname(dir)) return undefined
  }
}
