import type { KnownCode } from '../code-identity/code-identity.ts'
import type { OptionsForCaching } from './cache-policy.ts'
import { isSecretName } from './secret-name.ts'

/** Which environment variables of a step count. */
export interface CountedVariables {
  readonly counted: readonly string[]
  /** Read by the step's code, and left out because their names are those of secrets. */
  readonly secretByName: readonly string[]
}

const NONE: readonly string[] = []
const NO_VARIABLES: CountedVariables = { counted: NONE, secretByName: NONE }

/** Declared variables count, and so do those that the code reads by name; secrets and what is ignored never do. */
export function countedVariables(options: OptionsForCaching, code: KnownCode | undefined): CountedVariables {
  const declared = options.env ?? NONE
  const read = code?.environment ?? NONE
  if (declared.length === 0 && read.length === 0) return NO_VARIABLES
  const left = (name: string): boolean =>
    options.secrets?.includes(name) !== true && options.ignore?.env?.includes(name) !== true
  const undeclared = read.filter((name) => !declared.includes(name) && left(name))
  const secretByName = undeclared.filter(isSecretName)
  const counted = [...declared.filter(left), ...undeclared.filter((name) => !isSecretName(name))]
  return { counted: [...new Set(counted)], secretByName }
}
