import { cairnError } from '@cairnml/core'
import { registerLoader } from '@cairnml/loader'

/** From here on, what this process imports of the project may be any TypeScript: pipelines and components alike. */
export function loadTypeScript(): void {
  registerLoader(({ cause, ...details }) => cairnError('CAIRN_FILE_FAILED', details, { cause }))
}
