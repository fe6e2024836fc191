export { default } from './plugin.ts'
export { AcmeMetadataStore } from './metadata-store.ts'
