import { describe } from 'vitest'

import { TABLE_SUBJECT } from './table-project.ts'
import { describeRows } from './table-row.ts'
import { VALUES_ROWS } from './values-rows-data.ts'

describe('between two runs with other parameters or types', () => describeRows(TABLE_SUBJECT, VALUES_ROWS))
