/** One kind of reason for which a step is not cached. */
export interface RefusalKind {
  /** Permanent, in kebab-case; the anchor of its section in `docs/not-cached.md`. */
  readonly kind: string
  /** The heading of that section. Its words are those of `kind`. */
  readonly title: string
  /** What reasons of this kind look like, with or without a place at the end. */
  readonly reasons: readonly RegExp[]
  /** What to do about it: one sentence. */
  readonly remedy: string
}

/** All kinds. The first one that fits is that of a reason. */
export const REFUSAL_KINDS: readonly RefusalKind[] = [
  {
    kind: 'unknown-code-at-load',
    title: 'Unknown code at load',
    reasons: [/, which may change what the step reads(?: \(|$)/],
    remedy:
      'Load those modules by literal names, or give the step what it reads as a parameter or as a constant that ' +
      'its module does not export.',
  },
  {
    kind: 'code-from-text',
    title: 'Code from text',
    reasons: [
      /^it calls eval\b/,
      /^it makes a function from text\b/,
      /^it may make a function from text by a constructor\b/,
      /^it uses node:(?:vm|repl|inspector)\b/,
    ],
    remedy:
      'Write the code as functions and choose one of them by name, or declare `codeVersion` and change it with ' +
      'the code.',
  },
  {
    kind: 'computed-import',
    title: 'Computed import',
    reasons: [
      /^it (?:imports|requires|loads) a module whose name is computed\b/,
      /^it resolves modules while it runs\b/,
      /^it uses import\.meta\.glob\b/,
    ],
    remedy: 'Import each module by a literal name and choose among them, or declare `codeVersion`.',
  },
  {
    kind: 'require-function',
    title: 'Require function',
    reasons: [
      /^it hands on a require function\b/,
      /^it uses a require function of another module\b/,
      /^it uses module\.require\b/,
      /^it uses node:module\b/,
    ],
    remedy:
      'Use `import`, or make `createRequire(import.meta.url)` a constant of the file and call it with literal ' +
      'names only.',
  },
  {
    kind: 'computed-global',
    title: 'Computed global',
    reasons: [/^it uses a global by a computed name\b/],
    remedy: 'Write the name of the global, or choose from an object of your own that holds the candidates.',
  },
  {
    kind: 'native-bindings',
    title: 'Native bindings',
    reasons: [/^it uses process\.(?:dlopen|binding)\b/],
    remedy: 'Load machine code by importing the npm package that brings it.',
  },
  {
    kind: 'syntax-error',
    title: 'Syntax error',
    reasons: [/^it cannot be parsed: /],
    remedy: 'Correct the file, or import only files of JavaScript, TypeScript and JSON.',
  },
  {
    kind: 'tsconfig-paths',
    title: 'TSConfig paths',
    reasons: [/^it imports .*\bpaths of the tsconfig lead elsewhere than Node\b/s],
    remedy: 'Let `paths` of the tsconfig lead to the same file as Node finds, or take the entry out.',
  },
  {
    kind: 'rival-files',
    title: 'Rival files',
    reasons: [/^it imports .*: .+ and .+ are both there, and runners differ in which they take\b/s],
    remedy: 'Remove one of the two files, or build into a folder of its own (`outDir`).',
  },
  {
    kind: 'compiler-settings',
    title: 'Compiler settings',
    reasons: [
      /^it has a class with fields, and its tsconfig lets them be assigned\b/,
      /^it has decorators, and its tsconfig lets types become values for them\b/,
      /^it has syntax whose meaning its tsconfig decides, which cannot be read\b/,
      /^it has JSX, and (?:its tsconfig does not say what that becomes|a comment compiles that otherwise)\b/,
    ],
    remedy:
      'Let the tsconfig say what every runner does: `target` es2022 or later, no `emitDecoratorMetadata`, and `jsx` ' +
      'as react-jsx; and let it, and what it extends, be there and be read.',
  },
  {
    kind: 'unnamed-package',
    title: 'Unnamed package',
    reasons: [
      /^it imports .*: its package has no name and version\b/s,
      /^its package has no name and version\b/,
      /^the package \S+ has no (?:name|version|readable package\.json)\b/,
      /\bnode_modules\b.* belongs to no package\b/,
    ],
    remedy: 'Give the package a `package.json` with name and version, or move its files into the project.',
  },
  {
    kind: 'unresolved-import',
    title: 'Unresolved import',
    reasons: [/^it imports .*\b(?:does not resolve|is no file)\b/s],
    remedy: 'Install what is imported, or correct the name, so that Node finds a file without the help of a bundler.',
  },
  {
    kind: 'linked-dependency',
    title: 'Linked dependency',
    reasons: [/^the package \S+ depends on \S+, which is linked from a folder\b/],
    remedy: 'Install that dependency in place of linking it, from a registry or as packed by `npm pack`.',
  },
  {
    kind: 'shared-state',
    title: 'Shared state',
    reasons: [/^module-level .+ is changed by /s],
    remedy:
      'Keep the state inside of the function, or hand it on as output and input, so that a module holds ' +
      'constants and memos only.',
  },
  {
    kind: 'changed-global',
    title: 'Changed global',
    reasons: [/^global \S+ is changed by /],
    remedy:
      'Change the global at the top level of a module, where it counts as code, or hand the value on as output ' +
      'and input.',
  },
  {
    kind: 'changed-environment',
    title: 'Changed environment',
    reasons: [/^environment variable \S+ is changed by /],
    remedy: 'Set the variable before the program starts, or give the value to the step as a parameter.',
  },
  {
    kind: 'changed-after-a-run',
    title: 'Changed after a run',
    reasons: [/^what it reads is changed where or after a pipeline runs\b/],
    remedy: 'Make the change before the first run, or make what changes a parameter of the pipeline.',
  },
  {
    kind: 'changed-capture',
    title: 'Changed capture',
    reasons: [/^it changes .+, which it captures\b/s],
    remedy: "Declare the variable inside of the step's function, where each call has its own.",
  },
  {
    kind: 'no-value-yet',
    title: 'No value yet',
    reasons: [/^.+, which its function uses, has no value yet\b/s],
    remedy: 'Give the variable its value before the pipeline runs.',
  },
  {
    kind: 'unreadable-captures',
    title: 'Unreadable captures',
    reasons: [/\bwhat its function captures cannot be read\b/, /^.+, which its function uses, cannot be read\b/s],
    remedy:
      'Define the step at the top level of a module, where it captures nothing, or run it where Node allows its ' +
      'inspector.',
  },
  {
    kind: 'captured-function',
    title: 'Captured function',
    reasons: [
      /\bis a native or bound function that cannot be compared\b/,
      /\bis a function that cannot be compared: /,
      /\bthe code of .+ is not known: /s,
    ],
    remedy: 'Give a function that is written in a file of the project: `(x) => Math.sqrt(x)` in place of `Math.sqrt`.',
  },
  {
    kind: 'captured-value',
    title: 'Captured value',
    reasons: [/ (?:is an? .+ that|has .+ and) cannot be compared; /s, /\bis nested too deeply to be compared\b/],
    remedy: 'Pass plain data as a parameter and build the object inside of the step, or at the top level of a module.',
  },
  {
    kind: 'source-not-found',
    title: 'Source not found',
    reasons: [/^the source of this step cannot be found\b/, /^its code cannot be read \(/],
    remedy: 'Call `step()` in a file on the disk that runs as it is there; where it is built first, build it again.',
  },
  {
    kind: 'code-not-followed',
    title: 'Code not followed',
    reasons: [/^its code cannot be followed \(/],
    remedy: 'Report it with the code of the step, and declare `codeVersion` until it is mended.',
  },
  {
    kind: 'changed-while-running',
    title: 'Changed while running',
    reasons: [/^.+ changed while this process was running\b/s],
    remedy: 'Start the program again.',
  },
  {
    kind: 'reads-the-run',
    title: 'Reads the run',
    reasons: [/^it reads context\.run\b/],
    remedy: 'Declare a `key` that says what of the run counts, or take what the step needs as a parameter.',
  },
  {
    kind: 'changed-meanwhile',
    title: 'Changed meanwhile',
    reasons: [/^.+ changed while it ran$/s, /^.+ cannot be looked at any more$/s],
    remedy:
      'Run it again when nothing else writes there, and let a step return what it makes in place of declaring it.',
  },
]
