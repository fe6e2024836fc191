import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { IdentityProject, type ProjectFiles } from './identity-project.fixture.ts'

const MAIN = `import { step } from 'cairnml'
import { join } from 'node:path'
import { once } from 'once'
import { reads } from './evil.js'
class Conn {}
const capture = (name, k) => step({ name }).implement(() => k)
capture('instance', new Conn())
capture('getter', { get a() { return 1 } })
capture('deep', Array.from({ length: 2000 }).reduce((inner) => [inner], []))
capture('native', Math.sqrt)
capture('builtin', join)
capture('package', once)
capture('evil', reads)
async function waits() {
  step({ name: 'early' }).implement(() => later)
  await new Promise(() => {})
  let later = 1
}
void waits()
`

/** A package by its folder, with its dependencies. */
function installed(name: string, manifest: object): ProjectFiles {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ main: 'index.js', ...manifest }),
    [`node_modules/${name}/index.js`]: 'exports.once = () => 1',
  }
}

/** An installed package with one below it that cannot be identified, and a step that reaches it. */
function reaching(name: string, below: object | string): ProjectFiles {
  const step = `step({ name: '${name}' }).implement(() => once())`
  const json = typeof below === 'string' ? below : JSON.stringify(below)
  return {
    ...installed(name, { name, version: '1.0.0', dependencies: { [`${name}-low`]: '1.0.0' } }),
    [`node_modules/${name}-low/package.json`]: json,
    [`${name}.js`]: `import { step } from 'cairnml'\nimport { once } from '${name}'\n${step}\n`,
  }
}

/** A project whose steps are refused for what they capture and for the packages that they reach. */
export function refusedProject(): IdentityProject {
  const project = new IdentityProject({
    'main.js': MAIN,
    'evil.js': `export const reads = (text) => eval(text)\n`,
    ...installed('once', { name: 'once', version: '1.0.0' }),
    ...reaching('unnamed', {}),
    ...reaching('unversioned', { name: 'unversioned-low' }),
    ...reaching('broken', '{'),
    ...reaching('linking', '{}'),
    'linked/package.json': '{ "name": "linking-low", "version": "1.0.0" }',
    'packages.js': ['unnamed', 'unversioned', 'broken', 'linking'].map((name) => `import './${name}.js'\n`).join(''),
  })
  const link = join(project.dir, 'node_modules/linking/node_modules/linking-low')
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(join(project.dir, 'linked'), link, 'junction')
  return project
}
