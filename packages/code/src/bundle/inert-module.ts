/**
 * Text of the module that makes values in place of code that is not in a bundle: they can be handed around while
 * modules load, and say what is wrong as soon as they are used.
 */
export const INERT_TEXT: string = `
export function inert(at, name) {
  const refuse = () => {
    const what = name === undefined ? 'What ' + at + ' defines' : name + ' (' + at + ')'
    throw new Error(what + ' cannot be used here: a step runs without other steps and pipelines. ' +
      'Join steps in a pipeline, or call the entrypoint of a step that is declared at the top level of a module.')
  }
  const again = () => inert(at, name)
  return Object.assign(function () { return refuse() }, {
    declaration: Object.freeze({ name }), with: again, implement: again, entrypoint: refuse, run: refuse,
  })
}
`
