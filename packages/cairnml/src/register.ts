import { cairnError } from '@cairnml/core'
import { registerLoader } from '@cairnml/loader'
import { useCompileCache } from '@cairnml/loader/compiled'

import './check-runtime.ts'
import { reportUncaught } from './report-uncaught.ts'

useCompileCache()
// A file that cannot be loaded never comes to set this up itself.
reportUncaught()
registerLoader(({ cause, ...details }) => cairnError('CAIRN_FILE_FAILED', details, { cause }))
