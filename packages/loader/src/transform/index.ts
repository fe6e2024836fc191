export { jsonModule } from './json-module.ts'
export { transformSource, type SourceText } from './transform-source.ts'
