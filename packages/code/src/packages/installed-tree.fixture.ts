import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import type { PackageCode } from '@cairnml/core'

import { InstalledPackages } from './installed-packages.ts'

/** Fields of a `package.json`. */
export type Fields = Readonly<Record<string, unknown>>

/** A project with packages in `node_modules`, in a temporary folder. */
export class InstalledTree implements Disposable {
  readonly dir: string = realpathSync(mkdtempSync(join(tmpdir(), 'cairn packages ')))

  /** Writes a file. */
  file(path: string, text: string): this {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true })
    writeFileSync(join(this.dir, path), text)
    return this
  }

  /** Writes a package into a folder; by default that of its name in `node_modules`. */
  package(name: string, fields: Fields = {}, folder = `node_modules/${name}`): this {
    this.file(`${folder}/package.json`, JSON.stringify({ name, version: '1.0.0', ...fields }))
    return this.file(`${folder}/index.js`, `module.exports = '${name}'\n`)
  }

  link(from: string, to: string): this {
    mkdirSync(dirname(join(this.dir, from)), { recursive: true })
    symlinkSync(join(this.dir, to), join(this.dir, from))
    return this
  }

  /** What a new process finds; the path is relative to the project. */
  identify(path: string): ReturnType<InstalledPackages['identify']> {
    return new InstalledPackages().identify(realpathSync(join(this.dir, path)))
  }

  /** A package that must be known. */
  code(path: string): PackageCode {
    const code = this.identify(path)
    if ('reason' in code) throw new Error(code.reason)
    return code
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
