import type { FlowMember } from '../flow/flow.ts'
import type { FlowFunction } from '../flow/flow-function.ts'
import type { FactsBuilder } from './facts-builder.ts'

/** What is noted of one method or accessor of the instances of a class while its piece is walked. */
export interface MemberNotes extends FlowMember {
  /** `[]` if it is computed. */
  readonly name: string
  /** Whether the language calls it without being told. */
  readonly isImplicit: boolean
}

/** Notes that values of the piece change themselves: in a member itself, or where nothing says what makes it happen. */
export function noteHiddenState(
  { flags }: FactsBuilder,
  member: FlowMember | undefined,
  fn: FlowFunction | undefined,
): void {
  flags.hasHiddenState = true
  // A constructor makes instances; what it changes besides happens whoever is asked.
  if (member === undefined || member.fn !== fn || member.fn.isClass) flags.hasLooseState = true
  else member.hasChange = true
}

/** Notes the members of a class if all that changes its instances happens in them. */
export function noteMembers(members: readonly MemberNotes[], { flags }: FactsBuilder): void {
  if (members.length === 0 || flags.hasHiddenState !== true || flags.hasLooseState === true) return
  flags.members = members.map(({ name, isImplicit, uses, hasChange }) => ({
    name,
    ...(isImplicit && { isImplicit }),
    ...(hasChange && { hasChange }),
    uses: [...uses],
  }))
}
