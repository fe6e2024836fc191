export { createFileClosureIdentity, type FileClosureOptions } from './closure/file-closure-identity.ts'
