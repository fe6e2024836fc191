export { runInvocation, type WorkerEnvironment } from './run-invocation.ts'
