import { describe, it } from 'node:test'

import { orchestratorConformance } from '@cairnml/testing'

import { AcmeOrchestrator } from '../src/orchestrator.ts'

orchestratorConformance(
  { describe, it },
  { name: 'AcmeOrchestrator', create: () => new AcmeOrchestrator('tested', { concurrency: 3 }) },
)
