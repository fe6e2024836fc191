import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, it } from 'vitest'

import { PnpProject } from './pnp-project.fixture.ts'

const IDENTITY = pathToFileURL(join(import.meta.dirname, '../identity/step-code-identity.ts')).href
const BUNDLING = `import { defined } from 'cairnml'
import './main.ts'
import { createCodeIdentity } from ${JSON.stringify(IDENTITY)}

const identity = createCodeIdentity({ projectDir: process.cwd(), entries: [], startedAtMs: Infinity })
const [step] = defined
const local = await identity.bundle(step, { folder: 'local', profile: 'local' })
const portable = await identity.bundle(step, { folder: 'portable', profile: 'portable' })
const value = local.known ? (await import(local.module)).run() : local
console.log(JSON.stringify({ value, portable }))
process.exit()
`

it("a step of a project of Yarn's Plug'n'Play runs from its bundle: there, and anywhere if that is portable", () => {
  const manifest = (name: string): string => JSON.stringify({ name, version: '1.0.0', exports: './index.js' })
  using project = new PnpProject(
    { high: 'file:./vendor/high', low: 'file:./vendor/low' },
    {
      'main.ts': `import { step } from 'cairnml'\nimport high from 'high'\nstep({ name: 'uses' }).implement(() => high(2))\n`,
      'bundle.ts': BUNDLING,
      'vendor/low/package.json': manifest('low'),
      'vendor/low/index.js': 'module.exports = 20\n',
      'vendor/high/package.json': JSON.stringify({ ...JSON.parse(manifest('high')), peerDependencies: { low: '*' } }),
      'vendor/high/index.js': `const low = require('low')\nmodule.exports = (x) => low + x\n`,
    },
  )
  const printed = project.printed('bundle.ts')
  expect(printed).toMatchObject({ value: 22, portable: { known: true, nativePackages: {} } })
  const { module } = printed['portable'] as { readonly module: string }
  const script = `console.log((await import(${JSON.stringify(module)})).run())`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: '/',
    encoding: 'utf8',
  })
  expect(output.trim()).toBe('22')
})
