export { invalidReport, parseReport } from './parse-report.ts'
export { recordsOf, reportOf, stepRunsOf, type RunReport } from './run-report.ts'
