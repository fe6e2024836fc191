export { pipelineNames, type PipelineNames } from './pipeline-names.ts'
