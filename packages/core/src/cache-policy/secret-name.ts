const SECRET_NAME = /_(?:KEY|TOKEN|SECRET|PASSWORD)$/

/** Whether an environment variable is by its name a secret, so that its value is neither counted nor recorded. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}
