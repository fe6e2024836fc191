import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { PROJECT_SCHEMA, RUN_SCHEMA } from '@cairnml/core/config'
import { toJsonSchema } from '@valibot/to-json-schema'

import { ROOT } from './repository/repository.ts'

// What editors check and complete configuration files by, made from the schemas that read them.
const SCHEMAS = {
  cairn: { schema: PROJECT_SCHEMA, title: 'cairn.yaml', description: 'Configures a project of Cairn.' },
  run: { schema: RUN_SCHEMA, title: 'Run configuration', description: 'Configures a run: cairn run --config <file>.' },
}

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } })
const folder = path.join(ROOT, 'packages/cairnml/schema')

await mkdir(folder, { recursive: true })
for (const [name, { schema, title, description }] of Object.entries(SCHEMAS)) {
  const file = path.join(folder, `${name}.json`)
  const json = toJsonSchema(schema, { typeMode: 'output', target: 'draft-07', ignoreActions: ['check'] })
  const text = `${JSON.stringify({ ...json, title, description }, undefined, 2)}\n`
  const known = existsSync(file) ? await readFile(file, 'utf8') : ''
  if (text === known) continue
  if (values.update) await writeFile(file, text)
  else process.exitCode = 1
  console.log(values.update ? `Updated ${name}.json` : `${name}.json differs from the schema that it is made from.`)
}
if (process.exitCode === 1) console.log('If that is meant, run: pnpm api:update')
