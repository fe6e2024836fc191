import { readFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { REPOSITORY } from '../project/installed-packages.ts'
import type { TemporaryProject } from '../project/temporary-project.ts'
import { JSON_FORMATS } from './json-formats.ts'
import { linesOf, resultsProject } from './results-project.ts'

let project: TemporaryProject
beforeAll(async () => {
  project = await resultsProject()
})
afterAll(() => project[Symbol.dispose]())

type Format = keyof typeof JSON_FORMATS

describe('the JSON of a command', () => {
  it.each<[string, Format]>([
    ['run list', 'cairn.run-list/1'],
    ['run list --limit 1', 'cairn.run-list/1'],
    ['run show broken', 'cairn.run/1'],
    ['run show again', 'cairn.run/1'],
    ['run compare first better', 'cairn.comparison/1'],
    ['run compare better --steps *', 'cairn.comparison/1'],
    ['run logs better', 'cairn.log-line/1'],
    ['run rm broken --dry-run', 'cairn.run-removal/1'],
    ['pipeline list', 'cairn.pipeline-list/1'],
    ['pipeline show training', 'cairn.pipeline/1'],
    ['pipeline versions training', 'cairn.pipeline-versions/1'],
    ['artifact list better', 'cairn.artifact-list/1'],
    ['artifact show better/train/notes', 'cairn.artifact/1'],
    ['artifact show load', 'cairn.artifact/1'],
    ['artifact cat load', 'cairn.value/1'],
    ['artifact cat report', 'cairn.value/1'],
    ['artifact export report exported.csv', 'cairn.export/1'],
    ['artifact lineage report', 'cairn.lineage/1'],
    ['artifact lineage load --down', 'cairn.lineage/1'],
    ['artifact push first --to default --dry-run', 'cairn.push/1'],
  ])('cairn %s is in the format %s, and nothing else', async (command, format) => {
    for (const line of await linesOf(project, ...command.split(' '), '--json')) {
      const { format: found, ...content } = JSON.parse(line) as { format: string }
      expect(found).toBe(format)
      expect(JSON_FORMATS[format].safeParse(content).error?.issues ?? []).toEqual([])
    }
  })
})

describe('docs/json.md', () => {
  const document = readFileSync(path.join(REPOSITORY, 'docs/json.md'), 'utf8')
  const sections = new Map(
    document
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  )
  const sectionOf = (format: string): string =>
    [...sections].find(([title]) => title.split(', ').includes(format))?.[1] ?? ''

  it.each(Object.entries(JSON_FORMATS))('names every property of %s', (format, schema) => {
    const section = sectionOf(format)
    // What is explained in another section is not explained again.
    const others = Array.from(section.matchAll(/as in `([\w./-]+)`/g), ([, other = '']) => sectionOf(other))
    const text = [section, ...others].join('')
    for (const name of propertiesOf(z.toJSONSchema(schema))) expect(text, name).toContain(`\`${name}\``)
  })
})

/** The properties of the outermost object of a JSON Schema, and of the objects in its lists. */
function propertiesOf(schema: unknown): readonly string[] {
  const { properties = {} } = schema as { properties?: Record<string, { items?: unknown }> }
  return Object.entries(properties).flatMap(([name, { items }]) => [
    name,
    ...(items === undefined ? [] : namesIn(items)),
  ])
}

function namesIn(items: unknown): readonly string[] {
  return Object.keys((items as { properties?: object }).properties ?? {})
}
