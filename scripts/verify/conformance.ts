import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { publishedPackages, type WorkspacePackage } from '../repository/repository.ts'

const PORTS = ['orchestrator', 'artifactStore', 'metadataStore', 'cachePolicy', 'cacheIndex', 'provenance'] as const
type Port = (typeof PORTS)[number]

const DEFINITION = new RegExp(`\\b(${PORTS.join('|')})\\s*(?:<[^>]*>)?\\(\\{`, 'g')
const IMPLEMENTATION = new RegExp(`\\bclass (\\w+) [^{]*?implements [^{]*?\\b(${PORTS.join('|')})\\b`, 'gi')

/** Where the references of the ports lie, and where their suites run. */
const REFERENCES = { sources: 'packages/core', tests: 'packages/testing' }

/**
 * Which components have no run of their port's suite: each port that a plugin supplies and each class that implements
 * one, in plugins and among the references, is to be named in a test that calls the suite.
 */
export function conformanceProblems(root: string): readonly string[] {
  const plugins = publishedPackages(root).filter(({ path }) => path.startsWith('plugins/'))
  const references = join(root, REFERENCES.sources)
  return [
    ...plugins.flatMap((plugin) => pluginProblems(plugin)),
    ...(existsSync(references)
      ? classProblems(REFERENCES.sources, references, testsIn(join(root, REFERENCES.tests)))
      : []),
  ]
}

function pluginProblems({ folder, path }: WorkspacePackage): readonly string[] {
  const tests = testsIn(folder)
  const supplied = sourcesIn(folder).flatMap((text) => [...text.matchAll(DEFINITION)].flatMap(([, port]) => port ?? []))
  const missing = [...new Set(supplied)].filter((port) => !tests.some((text) => text.includes(`${port}Conformance(`)))
  return [
    ...missing.map((port) => `${path}: no test calls ${port}Conformance, though the plugin supplies this port.`),
    ...classProblems(path, folder, tests),
  ]
}

function classProblems(path: string, folder: string, tests: readonly string[]): readonly string[] {
  return sourcesIn(folder).flatMap((text) =>
    [...text.matchAll(IMPLEMENTATION)].flatMap(([, name = '', implemented = '']) => {
      const port = portOf(implemented)
      const isRun = tests.some((test) => test.includes(`${port}Conformance(`) && test.includes(name))
      return isRun ? [] : [`${path}: no test that calls ${port}Conformance names ${name}.`]
    }),
  )
}

/** `ArtifactStore` is the interface of the port `artifactStore`. */
function portOf(name: string): Port | undefined {
  return PORTS.find((port) => port.toLowerCase() === name.toLowerCase())
}

function sourcesIn(folder: string): readonly string[] {
  return texts(folder, ['src/**/*.ts'], (file) => !/\.(?:test|test-d|fixture)\.ts$/.test(file))
}

function testsIn(folder: string): readonly string[] {
  return texts(folder, ['src/**/*.{test,fixture}.ts', 'test/**/*.ts'], () => true)
}

function texts(folder: string, patterns: readonly string[], counts: (file: string) => boolean): readonly string[] {
  return globSync([...patterns], { cwd: folder })
    .filter(counts)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}
