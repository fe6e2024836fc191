import { TABLE_SUBJECT } from './table-project.ts'
import { describeRows } from './table-row.ts'
import { VALUES_ROWS } from './values-rows-data.ts'

describeRows('between two runs with other parameters or types', TABLE_SUBJECT, VALUES_ROWS)
