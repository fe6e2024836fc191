import { IMPORTS_SUBJECT } from './imports-project.ts'
import { IMPORTS_ROWS } from './imports-rows-data.ts'
import { describeRows } from './table-row.ts'

describeRows('between two runs of steps that reach other files', IMPORTS_SUBJECT, IMPORTS_ROWS)
