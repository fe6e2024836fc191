import { describe } from 'vitest'

import { IMPORTS_SUBJECT } from './imports-project.ts'
import { IMPORTS_ROWS } from './imports-rows-data.ts'
import { describeRows } from './table-row.ts'

describe('between two runs of steps that reach other files', () => describeRows(IMPORTS_SUBJECT, IMPORTS_ROWS))
