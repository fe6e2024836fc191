/** Cases that cannot be run as they are by plain Node, with why. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'the text of the schema of the parameters does not count: its value is in the key': 'its zod is a stand-in',
  'paths of a tsconfig count': 'Node does not read tsconfig.json',
  'a decorator counts': 'Node does not compile decorators',
  'a component counts': 'Node does not compile JSX',
  'another version of the runtime of JSX counts': 'Node does not compile JSX',
  'a step in a loop captures its variable': 'the module exports a list of steps',
}

/** Cases in which a step gives something else from its bundle, or has none, with why. */
export const DIFFERENT_IN_BUNDLE: Readonly<Record<string, string>> = {
  'a function of a factory around the step is captured': 'captured functions cannot travel',
}
