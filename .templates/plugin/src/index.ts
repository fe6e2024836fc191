export { default } from './plugin.ts'
export { __Name__ArtifactStore } from './__name__-artifact-store.ts'
export type { __Name__Options } from './__name__-options.ts'
