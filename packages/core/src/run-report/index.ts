export { invalidReport, parseReport } from './parse-report.ts'
export { recordsOf, reportOf, type RunReport } from './run-report.ts'
