import { ONE_FILE_SUBJECT } from './one-file-project.ts'
import { ONE_FILE_ROWS } from './one-file-rows-data.ts'
import { describeRows } from './table-row.ts'

describeRows('between two runs of one file that holds everything', ONE_FILE_SUBJECT, ONE_FILE_ROWS)
