import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/** The root of this repository. */
export const REPOSITORY: string = path.resolve(import.meta.dirname, '../..')

/** The file behind the command `cairn`. */
export const CAIRN_BIN: string = path.join(REPOSITORY, 'packages/cairnml/bin/cairn.js')

const LINKED: Readonly<Record<string, string>> = {
  cairnml: 'packages/cairnml',
  '@cairnml/core': 'packages/core',
  '@cairnml/engine': 'packages/engine',
  '@cairnml/plugin-git': 'plugins/git',
  '@cairnml/plugin-local': 'plugins/local',
  '@cairnml/plugin-sqlite': 'plugins/sqlite',
  zod: 'e2e/node_modules/zod',
}

/**
 * A package that steps use to say that they really execute: a line in the file that `EXECUTION_LOG` names. An installed
 * package counts by its version, so the log is no part of what is tested.
 */
const EXECUTION_LOG: Readonly<Record<string, string>> = {
  'node_modules/execution-log/package.json':
    '{ "name": "execution-log", "version": "1.0.0", "type": "module", "main": "index.js" }\n',
  'node_modules/execution-log/index.js': `import { appendFileSync } from 'node:fs'

export function ran(step) {
  if (process.env.EXECUTION_LOG) appendFileSync(process.env.EXECUTION_LOG, step + '\\n')
}
`,
  'node_modules/execution-log/index.d.ts': 'export declare function ran(step: string): void\n',
}

/** The files that every project has. */
export const BASE_FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "project", "private": true, "type": "module" }\n',
  ...EXECUTION_LOG,
}

/** Links the built packages of this repository into a project, as a package manager would. */
export function linkPackages(projectDir: string): void {
  for (const [name, folder] of Object.entries(LINKED)) {
    const link = path.join(projectDir, 'node_modules', name)
    mkdirSync(path.dirname(link), { recursive: true })
    symlinkSync(path.join(REPOSITORY, folder), link, 'junction')
  }
}
