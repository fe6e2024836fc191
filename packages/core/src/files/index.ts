export { moveFile, writeWhole, writeWholeSync } from './write-whole.ts'
