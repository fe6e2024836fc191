/** Faults in what a step declares of the outside: files, URLs, its own key, secrets. */
export const CACHING_ERRORS = {
  CAIRN_IGNORE_UNKNOWN: {
    message: (d: {
      readonly where: string
      readonly kind: string
      readonly name: string
      readonly nearest?: string | undefined
    }): string =>
      `${d.where} ignores the ${d.kind} "${d.name}", but has none of that name.${
        d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      }`,
    hint: 'Name parameters and inputs of the step under ignore, or take the name out. Nothing was run or recorded.',
  },
  CAIRN_DECLARED_FILE: {
    message: (d: { readonly step: string; readonly file: string; readonly problem: string }): string =>
      `Step "${d.step}" declares the file "${d.file}", but ${d.problem}.`,
    hint: 'Paths are relative to the project. Write a glob for files that need not be there: "data/*.csv".',
    exitCode: 1,
  },
  CAIRN_DECLARED_URL: {
    message: (d: { readonly step: string; readonly url: string; readonly problem: string }): string =>
      `Step "${d.step}" declares the URL ${d.url}, whose state cannot be found out: ${d.problem}.`,
    hint: 'Make the URL reachable from here, or declare `expires` or a `key` function in its place.',
    exitCode: 1,
  },
  CAIRN_KEY_FUNCTION: {
    message: (d: { readonly step: string; readonly problem: string }): string =>
      `The key function of step "${d.step}" has failed: ${d.problem}.`,
    hint: 'It has to give plain data and may depend on nothing but what it is given and what the step itself reads.',
    exitCode: 1,
  },
  CAIRN_UNDECLARED_READ: {
    message: (d: { readonly step: string; readonly what: string; readonly at: string }): string =>
      `Step "${d.step}" reads from outside (${d.what}, ${d.at}) and declares nothing.`,
    hint: 'Declare files, urls, env, key or expires, or cache: false. The option undeclared of the step asks for this.',
    exitCode: 1,
  },
  CAIRN_SECRET_MISSING: {
    message: (d: { readonly step: string; readonly secret: string }): string =>
      `Step "${d.step}" needs the secret ${d.secret}, which is not set in the environment.`,
    hint: 'Set the variable where the step runs. Its value is never recorded and never counts for the cache.',
    exitCode: 1,
  },
}
