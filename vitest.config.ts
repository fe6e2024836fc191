import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@cairnml/source', 'module', 'node', 'development|production'] } },
  test: { fsModuleCache: false, testTimeout: 30_000, expect: { poll: { timeout: 20_000 } } },
})
