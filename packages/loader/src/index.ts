export { registerLoader } from './hooks/register-loader.ts'
export type { MakeError, RefusedFile } from './transform/refused-file.ts'
