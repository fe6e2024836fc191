const PLACEHOLDER = /\$\{env:([^}]*)\}/g
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Whether a text holds `${env:NAME}`, whatever stands there for the name. */
export function hasPlaceholder(text: string): boolean {
  return text.search(PLACEHOLDER) !== -1
}

/** A text with something else in place of each `${env:NAME}`; what is put there is not looked through again. */
export function replacePlaceholders(text: string, by: (name: string) => string): string {
  return text.replaceAll(PLACEHOLDER, (_match, name: string) => by(name))
}

/** Whether an environment variable can have a name. */
export function isVariableName(name: string): boolean {
  return NAME.test(name)
}

/** The value of a variable, if it is set. What every object has, like `constructor`, is no variable. */
export function variableOf(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return Object.hasOwn(environment, name) ? environment[name] : undefined
}
