/** Cases that cannot be run as they are, by what their names have in common, with why. */
export const NOT_RUN: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^the text of the schema of the parameters/, 'its zod is a stand-in'],
  [/^(?:a decorator|decorators of another kind)\b/, 'Node runs no standard decorators'],
  [/^a step in a loop captures/, 'the module exports a list of steps'],
]

/** Cases in which a step gives something else from its bundle, or has none, with why. */
export const DIFFERENT_IN_BUNDLE: Readonly<Record<string, string>> = {
  'a file that createRequire resolves where it is called counts': 'a bundle has no path of the file in the project',
  'a function of a factory around the step is captured': 'captured functions cannot travel',
  'this that an arrow of a method captures is captured': 'captured objects cannot travel',
}
