import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { commandPage } from './reference/command-page.ts'
import { schemaPage, type JsonSchema } from './reference/schema-page.ts'
import { ROOT } from './repository/repository.ts'
import { runCommand } from './repository/run-command.ts'

const BIN = 'packages/cairnml/bin/cairn.js'
const SCHEMAS = 'packages/cairnml/schema'

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } })

const pages = {
  'docs/commands.md': await commandPage(readHelp),
  'docs/configuration-files.md': schemaPage([
    {
      title: 'cairn.yaml',
      about: 'Configures a project, from the folder that holds it.',
      schema: await readSchema('cairn'),
    },
    {
      title: 'Run configuration',
      about: 'Configures a run: `cairn run --config <file>`, YAML or JSON.',
      schema: await readSchema('run'),
    },
  ]),
}

for (const [file, text] of Object.entries(pages)) {
  const known = await readFile(path.join(ROOT, file), 'utf8').catch(() => '')
  if (text === known) continue
  if (values.update) await writeFile(path.join(ROOT, file), text)
  else process.exitCode = 1
  console.log(values.update ? `Updated ${file}` : `${file} differs from what it is made from.`)
}
if (process.exitCode === 1) console.log('If that is meant, run: pnpm api:update')

async function readHelp(words: readonly string[]): Promise<string> {
  const command = [process.execPath, path.join(ROOT, BIN), ...words, '--help']
  const { passed, output } = await runCommand(command, { stdoutOnly: true })
  if (!passed) throw new Error(`cairn ${words.join(' ')} --help failed:\n${output}`)
  return output
}

async function readSchema(name: string): Promise<JsonSchema> {
  // Sound: json-schemas.ts writes these files, and what is not used of them does not matter.
  return JSON.parse(await readFile(path.join(ROOT, SCHEMAS, `${name}.json`), 'utf8')) as JsonSchema
}
