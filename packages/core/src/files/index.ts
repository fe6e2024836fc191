export { makeFolders } from './make-folders.ts'
export { removeEmptyFolders, removeIfThere, writeNew } from './write-new.ts'
export { moveFile, writeWhole, writeWholeSync } from './write-whole.ts'
