import type { Scenario } from './scenario.ts'

/** Every scenario by its name. */
export const SCENARIOS: Readonly<Record<string, () => Promise<Scenario>>> = {
  'cached-step': async () => (await import('./scenarios/cached-step.ts')).cachedStep,
  'executed-step': async () => (await import('./scenarios/executed-step.ts')).executedStep,
  plan: async () => (await import('./scenarios/plan.ts')).plan,
  'cli-start': async () => (await import('./scenarios/cli-start.ts')).cliStart,
  container: async () => (await import('./scenarios/container.ts')).container,
  'whole-process': async () => (await import('./scenarios/whole-process.ts')).wholeProcess,
  turborepo: async () => (await import('./scenarios/turborepo.ts')).turborepo,
  'code-identity': async () => (await import('./scenarios/code-identity.ts')).codeIdentity,
  'past-runs': async () => (await import('./scenarios/past-runs.ts')).pastRuns,
  memory: async () => (await import('./scenarios/memory.ts')).memory,
  'large-artifact': async () => (await import('./scenarios/large-artifact.ts')).largeArtifact,
}
