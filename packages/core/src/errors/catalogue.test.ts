import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { cairnError, describeError } from './cairn-error.ts'
import { CATALOGUE, ERROR_CODES, type ErrorCode, type ErrorDetails } from './catalogue.ts'

const PAGES = new URL('../../../../docs/errors/', import.meta.url)

/** Details as they occur, for every code: the compiler asks for the missing ones. */
const SAMPLES: { readonly [C in ErrorCode]: ErrorDetails<C> } = {
  CAIRN_NAME_INVALID: { kind: 'step', name: 'my step', reason: 'it is empty' },
  CAIRN_DECLARATION_INVALID: { where: 'Step "train"', problem: 'it has no build function' },
  CAIRN_PORT_TWICE: { where: 'Step "train"', name: 'x', other: 'X' },
  CAIRN_HANDLE_AS_VALUE: { handle: 'output "x" of step "load"', use: 'iterated' },
  CAIRN_BUILD_ASYNC: { pipeline: 'search' },
  CAIRN_OUTSIDE_BUILD: { kind: 'step', name: 'train' },
  CAIRN_ARGUMENT_UNKNOWN: { where: 'Step "train"', name: 'gama', nearest: undefined },
  CAIRN_INPUT_MISSING: { where: 'Step "train"', name: 'x' },
  CAIRN_INPUT_NOT_HANDLE: { where: 'Step "train"', name: 'x', given: '5' },
  CAIRN_INPUT_TYPE: { where: 'Step "train"', name: 'x', expected: 'matrix@1', given: 'text@1' },
  CAIRN_INVOCATION_TWICE: { pipeline: 'search', id: 'a' },
  CAIRN_STEP_NAME_CLASH: { pipeline: 'search', name: 'train' },
  CAIRN_GRAPH_CYCLE: { pipeline: 'search', path: ['a', 'b', 'a'] },
  CAIRN_HANDLE_FOREIGN: { where: 'Step "train"', handle: 'output "x" of step "load"' },
  CAIRN_SLOT_UNFILLED: { pipeline: 'search', slots: ['a', 'b'] },
  CAIRN_SLOT_UNKNOWN: { pipeline: 'search', slot: 'a', nearest: undefined },
  CAIRN_SLOT_MISFIT: { pipeline: 'search', slot: 'a', step: 'train', problem: 'it has no output' },
  CAIRN_PARAMETER_INVALID: {
    where: 'Step "train"',
    issues: [
      { path: 'a.0', message: 'is wrong', value: 'missing' },
      { path: '', message: 'is wrong', value: '5' },
    ],
  },
  CAIRN_PARAMETER_UNKNOWN: { where: 'Step "train"', name: 'gama', nearest: undefined, known: ['gamma', 'epochs'] },
  CAIRN_PARAMETER_SYNTAX: { given: 'gamma' },
  CAIRN_SWEEP_VALUES: { given: 'gamma=0.1,,0.2', problem: 'a value between commas is empty' },
  CAIRN_SWEEP_REFUSED: {
    combination: 'gamma=-1 c=2',
    problem: 'Pipeline "search" was given parameters that its schema refuses: "gamma" Too small (was -1)',
    refused: 2,
    of: 6,
  },
  CAIRN_SCHEMA_ASYNC: { where: 'Step "train"' },
  CAIRN_VALUE_NOT_PLAIN: { where: 'Step "train"', path: '', found: 'a function' },
  CAIRN_OUTPUT_MISSING: { step: 'train', output: 'model' },
  CAIRN_OUTPUT_UNDECLARED: { step: 'train', output: 'modl', nearest: undefined },
  CAIRN_OUTPUT_UNEXPECTED: { step: 'train', found: 'a number' },
  CAIRN_VALUE_UNSTORABLE: {
    where: 'The output "model" of step "train"',
    type: 'json@1',
    reason: 'it holds a function',
  },
  CAIRN_VALUE_INVALID: { where: 'The output "model" of step "train"', problem: 'a: is wrong' },
  CAIRN_SCHEMA_TRANSFORMS: { where: 'The output "model" of step "train"' },
  CAIRN_NPY_INVALID: { reason: 'the file is empty', offset: undefined },
  CAIRN_NPY_DTYPE: { dtype: '|O' },
  CAIRN_IMAGE_INVALID: { format: 'PNG', reason: 'it does not start as a PNG file does' },
  CAIRN_REFERENCE_UNREACHABLE: { reference: 'https://example.org/a.csv', problem: 'it answers with status 503' },
  CAIRN_EXTERNAL_INVALID: { file: 'x.npy', type: 'matrix@1', problem: 'it does not have two dimensions' },
  CAIRN_FILE_CHANGED: { file: 'data.csv' },
  CAIRN_ARTIFACT_TYPE: { artifact: 'The input "x"', stored: 'text@1', wanted: 'json@1' },
  CAIRN_ARTIFACT_MISSING: { key: 'blobs/a', store: 'local' },
  CAIRN_ARTIFACT_CORRUPT: { key: 'blobs/a', store: 'local', problem: 'it has 2 bytes instead of 3' },
  CAIRN_ARTIFACT_PATH: { path: '../a', problem: 'it has the segment ".."' },
  CAIRN_ARTIFACT_UNKNOWN: { name: 'last/train/modl', problem: 'step "train" has the outputs model' },
  CAIRN_ARTIFACT_AMBIGUOUS: { name: 'ab', known: ['ab1', 'ab2'] },
  CAIRN_MATERIALIZER_UNKNOWN: { artifact: 'The artifact "last/train/model"', type: 'svc-model@1' },
  CAIRN_RUNTIME_MISSING: { pipeline: 'search' },
  CAIRN_RUN_NAME_TAKEN: { name: 'nightly' },
  CAIRN_RUN_OPTION_INVALID: { option: 'cache', value: '5', expected: 'true or false' },
  CAIRN_RUN_OPTION_UNKNOWN: { where: 'The options of run()', name: 'cach', nearest: undefined },
  CAIRN_RUN_UNKNOWN: { name: 'nightly', nearest: undefined },
  CAIRN_RUN_AMBIGUOUS: { name: 'night', known: ['nightly-1', 'nightly-2'] },
  CAIRN_STEP_RUN_UNKNOWN: { run: 'nightly', step: 'trian', known: ['load', 'train'], nearest: undefined },
  CAIRN_INVOCATION_UNKNOWN: { pipeline: 'search', id: 'trian', option: 'The option refresh', nearest: undefined },
  CAIRN_RUN_FAILED: { run: 'nightly', failures: ['train: Error: on purpose', 'load: Error: gone'] },
  CAIRN_RUN_CANCELLED: { run: 'nightly' },
  CAIRN_RUN_LOST: { run: 'nightly' },
  CAIRN_RUN_LIVE: { run: 'nightly' },
  CAIRN_RESULT_MISSING: { what: 'The output "x" of step "train"', status: 'failed' },
  CAIRN_STEP_TIMEOUT: { step: 'train', seconds: 0.5 },
  CAIRN_STEP_STALLED: { step: 'train' },
  CAIRN_ERROR_UNCAUGHT: { where: 'Step "train"', problem: 'TypeError x is not a function' },
  CAIRN_STEP_CANCELLED: { step: 'train' },
  CAIRN_CONTEXT_CLOSED: { step: 'train', call: 'metric()' },
  CAIRN_METRIC_INVALID: { step: 'train', name: 'loss', value: '"high"' },
  CAIRN_PIPELINE_NOT_RECORDED: { name: 'trainig', nearest: undefined },
  CAIRN_WHERE_INVALID: { text: 'acc >', position: 6, problem: 'a value is missing' },
  CAIRN_IGNORE_UNKNOWN: { where: 'Step "train"', kind: 'parameter', name: 'gama', nearest: undefined },
  CAIRN_DECLARED_FILE: { step: 'load', file: 'data/docs.csv', problem: 'it does not exist' },
  CAIRN_DECLARED_URL: { step: 'load', url: 'https://example.org/docs.csv', problem: 'it answers with status 404' },
  CAIRN_KEY_FUNCTION: { step: 'load', problem: 'Error: on purpose' },
  CAIRN_UNDECLARED_READ: { step: 'load', what: 'fetch', at: 'src/load.ts:12' },
  CAIRN_SECRET_MISSING: { step: 'ask', secret: 'OPENAI_API_KEY' },
  CAIRN_STORE_KEY_INVALID: { key: '../a', problem: 'it is empty' },
  CAIRN_STORE_UNAVAILABLE: { store: 'local', operation: 'write', reason: 'the disk is full' },
  CAIRN_STORE_LAYOUT: { store: 'local', found: '2', known: 1 },
  CAIRN_RECORD_CONFLICT: { kind: 'run', id: '1', reason: 'it exists' },
  CAIRN_RECORD_QUERY: { kind: 'run', problem: 'there is no such field' },
  CAIRN_DATABASE_UNREADABLE: { file: 'a.sqlite', reason: 'it is empty' },
  CAIRN_DATABASE_NEWER: { file: 'a.sqlite', found: 3, known: 2 },
  CAIRN_DATABASE_BUSY: { file: 'a.sqlite', waitedMs: 5000 },
  CAIRN_INDEX_WRITE: { index: 'sqlite', reason: 'the disk is full' },
  CAIRN_STACK_UNKNOWN: { name: 'prod', known: ['default'] },
  CAIRN_STACK_INVALID: { stack: 'ci', path: 'artifactStore', problem: 'it does not name a plugin' },
  CAIRN_PLUGIN_MISSING: { use: 's3', tried: ['a', 'b'], from: '/project', install: 'npm install a' },
  CAIRN_PLUGIN_AMBIGUOUS: { use: 's3', found: ['a', 'b'] },
  CAIRN_PLUGIN_VERSION: {
    plugin: '@acme/stores',
    made: '@cairnml/core ^2.0.0',
    present: '@cairnml/core 1.4.0',
    install: 'npm install cairnml@latest',
  },
  CAIRN_PLUGIN_INVALID: { plugin: 'a', problem: 'its default export is no plugin' },
  CAIRN_COMPONENT_OPTIONS: { component: 'artifactStore (s3)', problem: 'bucket: is needed' },
  CAIRN_COMPONENT_CHECK: { component: 'provenance (git)', problem: 'git is not installed' },
  CAIRN_STACK_SECRET: {
    at: 'stacks/ci.yaml:3:7 (artifactStore (s3), token)',
    problem: 'the variable TOKEN is not set',
    remedy: 'Set TOKEN.',
  },
  CAIRN_SETTINGS_INVALID: {
    step: 'train',
    path: 'kubernetes.memory',
    problem: 'Invalid input: expected string, received number (was 4)',
  },
  CAIRN_SETTINGS_UNKNOWN: { step: 'train', name: 'kubernets' },
  CAIRN_CAPABILITY_MISSING: {
    component: 'orchestrator (kubernetes)',
    lacking: 'artifactStore (local)',
    capability: 'remote',
    meaning: 'other machines cannot reach it',
    port: 'artifactStore',
  },
  CAIRN_STACK_FILE: { stack: 'ci', problem: 'there is one of that name already' },
  CAIRN_TOKEN_MISSING: { token: 'Alerter' },
  CAIRN_TOKEN_TWICE: { token: 'ArtifactStore' },
  CAIRN_CONFIG_MISSING: { file: 'run.yaml', wanted: '--config', problem: 'it is not there' },
  CAIRN_CONFIG_INVALID: { problems: [{ at: 'cairn.yaml:3:1', problem: 'there is no "stak" here' }] },
  CAIRN_CONFIG_VARIABLE: { at: 'run.yaml:3:10', variable: 'TEAM', problem: 'it is not set' },
  CAIRN_PIPELINE_UNLISTED: { name: 'trian', patterns: ['src/*.ts'], nearest: undefined, unclear: ['src/a.ts'] },
  CAIRN_PIPELINE_FILES: { name: 'train', files: ['src/a.ts', 'src/b.ts'] },
  CAIRN_LIMIT_EXCEEDED: { step: 'ask', limit: 'openai', asked: 9, most: 8 },
  CAIRN_COMMAND_USAGE: { problem: 'There is no command "rum".' },
  CAIRN_COMMAND_ENDED: { command: 'plugin', problem: 'code that it loaded called process.exit()' },
  CAIRN_FILE_FAILED: { file: 'a.ts', problem: 'SyntaxError: Unexpected end of input (a.ts:3)' },
  CAIRN_FILE_MISSING: { file: 'a.ts', problem: 'it is not there' },
  CAIRN_PIPELINE_MISSING: { file: 'a.ts' },
  CAIRN_PIPELINE_UNKNOWN: { file: 'a.ts', name: 'b', known: ['a'] },
  CAIRN_PIPELINE_AMBIGUOUS: { file: 'a.ts', known: ['a', 'b'] },
  CAIRN_CACHE_ENTRY_UNKNOWN: { given: 'trian', nearest: undefined },
  CAIRN_CACHE_ENTRY_AMBIGUOUS: { given: '3f', found: ['3f2a', '3f81'] },
  CAIRN_CONFIRMATION_MISSING: { question: 'Remove 12 entries?' },
  CAIRN_ACCEPT_IMPOSSIBLE: { step: 'train', problem: 'there is none' },
  CAIRN_ACCEPT_DIFFERS: { step: 'train', differences: ['parameter gamma'] },
  CAIRN_EXPORT_FAILED: { path: '/tmp/model', problem: 'something is there already' },
  CAIRN_REPORT_INVALID: { file: 'run.json', problem: 'it is not JSON' },
  CAIRN_REPORT_FAILED: { file: 'run.json', run: 'nightly', problem: 'no space is left' },
  CAIRN_CREATE_FAILED: { folder: '/project', problem: 'it is not empty: it has src' },
  CAIRN_PLUGIN_IN_USE: { plugin: 'a', stacks: ['stacks/ci.yaml'] },
  CAIRN_PLUGIN_UNKNOWN: { plugin: 's4', tried: ['@cairnml/plugin-s4', 'cairnml-plugin-s4'] },
  CAIRN_PACKAGE_MANAGER_FAILED: { command: 'npm install a', problem: 'it ended with the exit code 1' },
  CAIRN_TEST_KIT_MISSING: { from: '/project', install: 'npm install -D @cairnml/testing' },
  CAIRN_NODE_TOO_OLD: { found: 'v20.0.0', wanted: '>=24.11' },
  CAIRN_RUNTIME_UNSUPPORTED: { found: 'Bun 1.4.5' },
}

const sampleError = (code: ErrorCode, more: object = {}): Error & { readonly hint: string | undefined } =>
  // Sound: the sample is that of the code; only the union of all codes hides it.
  cairnError(code, { ...SAMPLES[code], ...more } as never)

describe('the catalogue and the pages in docs/errors', () => {
  const pages = readdirSync(PAGES).filter((name) => name !== 'README.md')

  it('name the same codes', () => {
    expect(pages.toSorted()).toEqual(ERROR_CODES.map((code) => `${code}.md`).toSorted())
  })

  it('are all listed in the README of the pages, once', () => {
    const readme = readFileSync(new URL('README.md', PAGES), 'utf8')
    const listed = [...readme.matchAll(/^\| \[(CAIRN_\w+)\]\((CAIRN_\w+)\.md\) \|/gm)]
    expect(listed.map(([, code]) => code)).toEqual(ERROR_CODES)
    expect(listed.map(([, , page]) => page)).toEqual(ERROR_CODES)
  })

  it.each(ERROR_CODES)('explain %s, with an example of its message', (code) => {
    const page = readFileSync(new URL(`${code}.md`, PAGES), 'utf8')
    expect(page.startsWith(`# ${code}\n\n`)).toBe(true)
    expect(page.split('\n').length).toBeGreaterThan(10)
    const example = page
      .split('\n')
      .filter((line) => line.startsWith('> '))
      .map((line) => line.slice(2))
      .join(' ')
    // The words of the message that do not depend on details.
    const marked = Object.fromEntries(Object.entries(SAMPLES[code]).map(([name, value]) => [name, mark(value)]))
    const fixed = cairnError(code, marked as never).message.split(MARK)
    for (const words of fixed) expect(example).toContain(words.replaceAll(/^\W+|[.:]$/g, ''))
  })

  it('link only to pages that exist', () => {
    for (const page of pages) {
      const links = readFileSync(new URL(page, PAGES), 'utf8').matchAll(/\]\((CAIRN_\w+\.md)\)/g)
      for (const [, target] of links) expect(pages).toContain(target)
    }
  })
})

const MARK = '¤'

/** A value that can be found in a message. */
function mark(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [mark(value[0])]
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mark(inner)]))
  }
  return value === undefined || value === '' ? value : MARK
}

describe('every error of the catalogue', () => {
  it.each(ERROR_CODES)('%s is said in full sentences, without holes', (code) => {
    const error = sampleError(code)
    const texts = [error.message, ...(error.hint === undefined ? [] : [error.hint])]
    for (const text of texts) {
      expect(text).not.toMatch(/undefined|\[object Object\]|NaN|\$\{|^\s|\s$| {2}|^Error/)
      // A name or a piece of code may stand at the start as it is.
      expect(text).toMatch(/^(?:["`]|build |[A-Z-])/)
    }
    expect(error.message).toMatch(/[.a-z?0-9]$/)
    expect(error.hint ?? '.').toMatch(/[.'a-z?]$/)
  })

  it.each(ERROR_CODES)('%s has a code of words, a hint that is no template, and a known exit code', (code) => {
    expect(code).toMatch(/^CAIRN(?:_[A-Z]+)+$/)
    expect([undefined, 1, 2, 130]).toContain(CATALOGUE[code].exitCode)
    if (code !== 'CAIRN_STEP_CANCELLED') expect(CATALOGUE[code].hint).toBeDefined()
  })

  it('says the nearest name where there is one', () => {
    const codes: readonly ErrorCode[] = ERROR_CODES.filter((code) => 'nearest' in SAMPLES[code])
    expect(codes.length).toBeGreaterThan(4)
    for (const code of codes) {
      expect(sampleError(code, { nearest: 'gamma' }).message).toContain('Did you mean "gamma"?')
      expect(sampleError(code).message).not.toContain('Did you mean')
    }
  })

  it('says the place of a fault in an array file where it is known', () => {
    expect(sampleError('CAIRN_NPY_INVALID', { offset: 0 }).message).toContain('(at byte 0)')
  })

  it('carries details that are JSON', () => {
    for (const code of ERROR_CODES) {
      const details = cairnError(code, SAMPLES[code] as never).details
      expect(JSON.parse(JSON.stringify(details))).toEqual(JSON.parse(JSON.stringify(SAMPLES[code])))
      expect(describeError(cairnError(code, SAMPLES[code] as never))).toContain(code)
    }
  })
})
