export { default } from './plugin.ts'
export { AcmeCachePolicy } from './cache-policy.ts'
export type { AcmeOptions } from './options.ts'
