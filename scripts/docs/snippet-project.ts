import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { publishedPackages, ROOT } from '../repository/repository.ts'

/** Packages that documents may import besides ours; they are installed in the root. */
const OTHER_PACKAGES = ['zod', 'vitest', '@types/node']

/** TypeScript as a user of Cairn would set it up: `cairnml` is read from its built declarations. */
const COMPILER_OPTIONS = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** What an example leaves behind when it is installed, built or run. */
const NOT_COPIED = ['node_modules', '.cairn', '.turbo', 'dist']

/** Makes a copy of an example, with the packages that it has installed. */
export async function createExampleProject(folder: string, example: string): Promise<void> {
  const filter = (file: string): boolean => !NOT_COPIED.includes(basename(file))
  await cp(example, folder, { recursive: true, filter })
  await link(join(example, 'node_modules'), join(folder, 'node_modules'))
}

/** Makes an empty project whose `node_modules` holds the packages of this workspace. */
export async function createSnippetProject(folder: string): Promise<void> {
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
  await writeJson(join(folder, 'package.json'), { name: 'snippets', private: true, type: 'module' })
  await writeJson(join(folder, 'tsconfig.json'), {
    compilerOptions: COMPILER_OPTIONS,
    include: ['**/*.ts'],
    exclude: ['node_modules', '.cairn'],
  })
  for (const name of OTHER_PACKAGES) await link(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
  for (const each of publishedPackages()) {
    await link(each.folder, join(folder, 'node_modules', each.manifest.name))
    for (const [name, file] of Object.entries(each.manifest.bin ?? {})) {
      await link(join(each.folder, file), join(folder, 'node_modules/.bin', name))
    }
    // What a package wants its user to install, too.
    for (const name of Object.keys(each.manifest.peerDependencies ?? {})) {
      if (name.startsWith('@cairnml/')) continue
      await link(join(each.folder, 'node_modules', name), join(folder, 'node_modules', name))
    }
  }
}

async function link(target: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  // Junctions need no privilege on Windows; elsewhere the type is ignored.
  await symlink(target, file, 'junction')
}

async function writeJson(file: string, value: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`)
}
