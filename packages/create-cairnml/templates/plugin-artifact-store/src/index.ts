export { default } from './plugin.ts'
export { AcmeArtifactStore } from './artifact-store.ts'
export type { AcmeOptions } from './options.ts'
