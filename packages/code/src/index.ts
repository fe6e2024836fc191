export { createCodeIdentity, type CodeIdentityOptions } from './identity/step-code-identity.ts'
export { pipelineNames, type PipelineNames } from './definitions/pipeline-names.ts'
