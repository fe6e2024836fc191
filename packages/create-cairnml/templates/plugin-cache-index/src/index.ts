export { default } from './plugin.ts'
export { AcmeCacheIndex } from './cache-index.ts'
