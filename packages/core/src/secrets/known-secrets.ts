import { SECRET_MASK, secretForms, type SecretForms } from './secret-forms.ts'

const known = new Set<string>()
let forms: SecretForms | undefined

/** Hides a secret, of a stack or of a step, in all that this process says and records of errors from then on. */
export function hideSecret(value: string): void {
  if (known.has(value)) return
  known.add(value)
  forms = secretForms(known)
}

/** A text without the secrets that components and steps of this process were given: what they throw may hold them. */
export function withoutSecrets(text: string): string {
  return forms === undefined ? text : text.replace(forms.pattern, SECRET_MASK)
}
