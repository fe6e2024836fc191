export { projectDirs, type ProjectDirs } from '@cairnml/core/stack'
