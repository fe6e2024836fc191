import { errorRecord } from '../records/error-record.ts'
import type { CheckedComponent } from './check-stack.ts'

/** A component with a fault. */
export function invalidComponent(
  component: Omit<CheckedComponent, 'state' | 'problem'>,
  error: unknown,
): CheckedComponent {
  const { code, message, hint } = errorRecord(error)
  return { ...component, state: 'invalid', problem: { code, message, hint } }
}
