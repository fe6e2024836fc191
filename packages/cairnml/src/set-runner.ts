import { fileURLToPath } from 'node:url'

import { currentRunner, outliveClosedPipes, setRunner, type Runner } from '@cairnml/core'

import { reportUncaught } from './report-uncaught.ts'

/** This package brings the plugins of the stack `default`, so they are found from here. */
const OWN_DIR = fileURLToPath(new URL('..', import.meta.url))

/** Runs pipelines in this process; the engine is loaded when the first one runs. */
const runner: Runner = {
  async run(pipeline, args, options) {
    const { useCompileCache } = await import('@cairnml/loader/compiled')
    useCompileCache()
    const { runPipeline } = await import('@cairnml/engine/run-pipeline')
    return runPipeline({ pipeline, args, options, environment: { fallbackDirs: [OWN_DIR] } })
  },
}

// A command that loads this module has set its own already.
if (currentRunner() === undefined) {
  setRunner(runner)
  // Declarations that are wrong throw before anything runs.
  reportUncaught()
  outliveClosedPipes()
}
