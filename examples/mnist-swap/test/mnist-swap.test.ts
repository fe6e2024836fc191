import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const EXAMPLE = fileURLToPath(new URL('..', import.meta.url))

async function start(): Promise<string> {
  const results = await mkdtemp(path.join(tmpdir(), 'cairn-mnist-'))
  try {
    const args = ['--conditions=@cairnml/source', 'src/main.ts']
    const env = { ...process.env, CAIRN_DIR: results, NO_COLOR: '1' }
    return (await promisify(execFile)(process.execPath, args, { cwd: EXAMPLE, env })).stdout
  } finally {
    await rm(results, { recursive: true })
  }
}

it('swaps trainer and evaluator, imports and normalizes once, and finds both accuracies afterwards', async () => {
  const lines = (await start()).trimEnd().split('\n')
  const versions = lines.filter((line) => line.startsWith('Registered'))
  const started = lines.flatMap((line) => /^Step (\w+) has started/.exec(line)?.[1] ?? [])
  const reused = lines.flatMap((line) => /^Using cached version of (\w+)/.exec(line)?.[1] ?? [])

  expect(versions).toEqual([1, 2].map((version) => `Registered pipeline mnist_pipeline (version ${version}).`))
  expect(started.slice(0, 4)).toEqual(['importer_mnist', 'normalize_mnist', 'network_trainer', 'network_evaluator'])
  expect(started.slice(4)).toEqual(['importer_mnist', 'normalize_mnist', 'logistic_trainer', 'logistic_evaluator'])
  expect(reused).toEqual(['importer_mnist', 'normalize_mnist'])
  expect(lines.slice(-3)).toEqual([
    'Pipeline `mnist_pipeline` has 2 run(s)',
    expect.stringMatching(/^For network_evaluator, the accuracy is: 0\.(8[6-9]|9\d)$/),
    expect.stringMatching(/^For logistic_evaluator, the accuracy is: 0\.(8[6-9]|9\d)$/),
  ])
})
