export { default } from './plugin.ts'
export { AcmeOrchestrator } from './orchestrator.ts'
export type { AcmeOptions } from './options.ts'
