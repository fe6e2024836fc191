import { parseCode } from '../summary/parse-code.ts'
import { hasNode } from './syntax-edits.ts'
import { UnbundleableError } from './unbundleable-error.ts'

/**
 * Refuses linked code with decorators in it: the linker compiles only those of TypeScript, if the project's tsconfig asks
 * for them, and Node runs none.
 *
 * @throws UnbundleableError
 */
export function refuseDecorators(code: string): void {
  const parsed = parseCode('step.mjs', code)
  if ('problem' in parsed || !hasNode(parsed.program, ({ type }) => type === 'Decorator')) return
  throw new UnbundleableError('it uses decorators, and its tsconfig does not set experimentalDecorators')
}
