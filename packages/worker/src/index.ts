export { closeLogs } from './output/open-logs.ts'
export type { OutputStream, PrintedLine } from './output/step-output.ts'
export { Redactor } from './redactor.ts'
export { runInvocation, type WorkerEnvironment } from './run-invocation.ts'
