import { INERT_MODULE } from './cut-module.ts'

/** The module that stands for Cairn in a bundle. */
export const FACADE_MODULE = '\0cairn:api'

const AUTHORING = /^(?:cairnml|@cairnml\/core)$/
const REPLACED = ['pipeline', 'slot']

/** Whether a specifier is the package that steps are written with. */
export function isAuthoringPackage(specifier: string): boolean {
  return AUTHORING.test(specifier)
}

/**
 * Text of {@link FACADE_MODULE}: everything of Cairn is real, so that materializers work and a step's entrypoint can be
 * called, but a pipeline cannot be made.
 *
 * @param names what the core exports
 * @param from path or URL of the core
 */
export function facadeText(names: readonly string[], from: string): string {
  const real = names.filter((name) => !REPLACED.includes(name)).toSorted()
  return `import {inert} from ${JSON.stringify(INERT_MODULE)};
export {${real.join()}} from ${JSON.stringify(from)};
const named = (given) => inert('this place', given?.name);
${REPLACED.map((name) => `export const ${name}=named;`).join('\n')}`
}
