import { existsSync, readFileSync } from 'node:fs'
import nodePath from 'node:path'

import { manifestOf } from './package-manager.ts'
import { FIRST_PIPELINE, NEEDED, projectFile, TSCONFIG } from './templates-data.ts'

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
 * The files that a folder lacks to be a project of Cairn.
 *
 * @param version of Cairn
 */
export function plannedFiles(folder: string, version: string): readonly PlannedFile[] {
  const packageDir = nearestWith('package.json', folder)
  const isModule = packageDir === undefined || manifestOf(packageDir)?.['type'] === 'module'
  const extension = isModule ? 'ts' : 'mts'
  return [
    ...(packageDir === undefined ? [manifest(folder, version)] : []),
    ...(nearestWith('tsconfig.json', folder) === undefined ? [tsconfig()] : []),
    ...(existsSync(nodePath.join(folder, 'cairn.yaml')) ? [] : projectFiles(folder, extension)),
    ...gitIgnore(folder, packageDir === undefined ? ['node_modules/', '.cairn/'] : ['.cairn/']),
  ]
}

function manifest(folder: string, version: string): PlannedFile {
  const { dependencies, devDependencies } = NEEDED
  const content = {
    name: packageName(folder),
    private: true,
    type: 'module',
    scripts: { check: 'tsc' },
    dependencies: { cairnml: `^${version}`, ...dependencies },
    devDependencies,
  }
  const text = `${JSON.stringify(content, undefined, 2)}\n`
  return { path: 'package.json', text, action: 'write', purpose: 'the packages that it needs' }
}

function tsconfig(): PlannedFile {
  return { path: 'tsconfig.json', text: TSCONFIG, action: 'write', purpose: 'checks the types that Node leaves out' }
}

function projectFiles(folder: string, extension: string): readonly PlannedFile[] {
  const path = `src/hello.pipeline.${extension}`
  const config: PlannedFile = {
    path: 'cairn.yaml',
    text: projectFile(extension),
    action: 'write',
    purpose: 'configures the project',
  }
  if (existsSync(nodePath.join(folder, path))) return [config]
  return [config, { path, text: FIRST_PIPELINE, action: 'write', purpose: 'a first pipeline' }]
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
