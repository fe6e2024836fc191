import { describe } from 'vitest'

import { ONE_FILE_SUBJECT } from './one-file-project.ts'
import { ONE_FILE_ROWS } from './one-file-rows-data.ts'
import { describeRows } from './table-row.ts'

describe('between two runs of one file that holds everything', () => describeRows(ONE_FILE_SUBJECT, ONE_FILE_ROWS))
