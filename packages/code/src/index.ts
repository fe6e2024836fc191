export { createCodeIdentity, type CodeIdentityOptions } from './identity/step-code-identity.ts'
