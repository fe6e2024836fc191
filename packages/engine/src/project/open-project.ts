export { openProject, type OpenProject } from '@cairnml/core/stack'
