export { useCompileCache } from './compile-cache.ts'
