import { cairnError } from '@cairnml/core'
import { registerLoader } from '@cairnml/loader'

import './check-runtime.ts'
import { reportUncaught } from './report-uncaught.ts'

// A file that cannot be loaded never comes to set this up itself.
reportUncaught()
registerLoader(({ cause, ...details }) => cairnError('CAIRN_FILE_FAILED', details, { cause }))
