import type { Reference } from '../flow/reference.ts'

/**
 * The version of everything below: a stored summary of another version is worthless. It changes with the rules of the
 * summary and with the parser.
 */
export const SUMMARY_VERSION = '7/oxc-parser@0.154.0'

/** Two offsets in UTF-16 code units from the start of the text without a byte order mark; the end is exclusive. */
export type Span = readonly [start: number, end: number]

/** Something that is put into something else. */
export interface Store {
  /** Absent if that is not known. */
  readonly into?: Reference
  readonly value: Reference
}

/** A call: the first name of the callee, the members after it, and whether it happens inside of a function. */
export interface Call {
  /**
   * A name of the module scope or a global; `this`; `%` for a local name; `#` for a literal; `` for any other
   * expression.
   */
  readonly root: string
  /** Members, `*` for a computed one. Calls on the way are left out: `z.string().trim()` has `string` and `trim`. */
  readonly path: readonly string[]
  /** Whether it is inside of a function, so that it does not run when the module loads. */
  readonly inFunction: boolean
  /** What of the module scope, or of globals, arguments may be, hold or be a part of. */
  readonly passes?: readonly Reference[]
  /** Whether something that the code around was given may be an argument. */
  readonly passesArgument?: boolean
  /** Whether the code around may change what it gives back. */
  readonly changesResult?: boolean
  /** Where the root is no name: what of the module scope may be called, or have the method that is. */
  readonly callees?: readonly Reference[]
  /** Whether nothing can be called but functions of the same piece and `callees`. */
  readonly isKnown?: boolean
}

/** Something in a text that makes code unknowable, or that reads from outside. */
export interface Finding {
  /** One clause without a full stop: `it calls eval`; for reads the name of what is called: `Math.random`. */
  readonly what: string
  readonly line: number
}

/** A call that gives something, as it is, to a function that a name of the module scope leads to. */
export interface GivenTo {
  readonly to: string
  /** The export, where `to` is a namespace. */
  readonly member?: string
  /** Which argument it is. */
  readonly index: number
  readonly line: number
}

/** How a function uses one of its parameters. */
export interface ParameterUse {
  /** Members that it uses, by literal names. */
  readonly members?: readonly string[]
  /** The line of the first use of each. */
  readonly memberLines?: readonly number[]
  readonly givenTo?: readonly GivenTo[]
  /** Where it uses it in another way, so that any of it may be used. */
  readonly wholeAt?: number
}

/** A method or accessor of the instances of a class. */
export interface ClassMember {
  /** `#name` if it is private, `[]` if it is computed. */
  readonly name: string
  /** Whether the language calls it without being told. */
  readonly isImplicit?: boolean
  /** Whether it changes the instance by itself. */
  readonly hasChange?: boolean
  /** Members of anything that it uses, by name; `*` for any. */
  readonly uses: readonly string[]
}

/** What is known of one piece of code by itself. Lists that would be empty are absent. */
export interface CodeFacts {
  /** sha256 as hex of its normalised tokens, 32 digits. Its position and formatting do not count. */
  readonly hash: string
  /** In order of first appearance. */
  readonly references: readonly Reference[]
  /** The line of the first appearance of each reference. */
  readonly referenceLines: readonly number[]
  /** Names of scopes around the piece, which it captures: not of the module scope. In order of appearance. */
  readonly captured?: readonly string[]
  /** Names of the module scope, or globals, that it assigns. */
  readonly writes?: readonly string[]
  /** What it changes members of, by assignment, `delete` or a mutating method. */
  readonly memberWrites?: readonly Reference[]
  /** Those of `memberWrites` of which a part may be changed, and not only the value itself. */
  readonly partWrites?: readonly Reference[]
  /** What it may run as a regular expression. */
  readonly executes?: readonly Reference[]
  /** Whether any of these happens outside of functions. */
  readonly changesAtLoad?: boolean
  /** Those of `writes` and `memberWrites` that happen inside of a function and not as a memo. */
  readonly unguarded?: readonly Reference[]
  /** What functions fill in where there is nothing yet, so that only the first call of several does. */
  readonly fills?: readonly Reference[]
  /** What of the module scope its names may be, or be a part of. */
  readonly values?: readonly Reference[]
  /** What of the module scope its values may hold. */
  readonly holds?: readonly Reference[]
  /** What of the module scope its functions may give back, and its instances hold. */
  readonly returns?: readonly Reference[]
  /** Whether its functions may give back what they are given. */
  readonly returnsArgument?: boolean
  /** What of the module scope it puts into other things. */
  readonly stores?: readonly Store[]
  /** It changes members of something that it was given, or got from elsewhere. */
  readonly changesArgument?: boolean
  /** It changes members of something that it was given, for certain. */
  readonly changesParameter?: boolean
  /** A function of it changes members of what it is called on, other than its own class. */
  readonly changesThis?: boolean
  /** Its values change themselves when they are used: `this.n++` in a method, `() => ++n` around a local `n`. */
  readonly hasHiddenState?: boolean
  /** Some of that is in none of its members themselves: anything may make it happen. */
  readonly hasLooseState?: boolean
  /** If its value is a class whose instances change themselves, and that extends no other: what members do that. */
  readonly members?: readonly ClassMember[]
  /** Its value is a generator function: what it gives changes itself when it is read. */
  readonly isGenerator?: boolean
  /** Its value is, holds or, of a function, gives an iterator, by the looks of it. */
  readonly isIterator?: boolean
  /** It has functions that the language calls without being told: getters, setters, `toString`, `[Symbol.iterator]`. */
  readonly hasImplicit?: boolean
  readonly calls?: readonly Call[]
  /** Constructs that make the code unknowable. */
  readonly refusals?: readonly Finding[]
  /** It imports something by a computed name. */
  readonly hasComputedImport?: boolean
  /** Names of environment variables that are read literally; `*` for a computed name or the whole of `process.env`. */
  readonly environment?: readonly string[]
  /** Calls that it gives `process.env` to. */
  readonly environmentGiven?: readonly GivenTo[]
  /** Names of environment variables that functions change, not as a memo; `*` for a computed name. */
  readonly environmentWrites?: readonly string[]
  /** First arguments of `new URL('...', import.meta.url)`. */
  readonly files?: readonly string[]
  /** Globals that it uses and that read from outside: clock, randomness, network. */
  readonly outside?: readonly Finding[]
  /** Where it mentions a property called `run`. */
  readonly mentionsRun?: number
  /** If its value is a function: how that uses its parameters. What is absent at the end is not used. */
  readonly parameters?: readonly ParameterUse[]
  /** Definitions that were cut out of it, as indices. Their own facts are not part of these. */
  readonly definitions?: readonly number[]
}

/** What kind of declaration or statement a unit is. */
export type UnitKind =
  | 'const'
  | 'let'
  | 'var'
  | 'using'
  | 'function'
  | 'class'
  | 'enum'
  | 'namespace'
  | 'default'
  | 'effect'

/** What a `const` is initialised with. */
export type Initialiser =
  /** `pattern`: a regular expression that remembers where it was. */
  | { readonly kind: 'function' | 'class' | 'literal' | 'pattern' | 'container' | 'value' }
  /** A `require` of this module, made by `createRequire(import.meta.url)`. */
  | { readonly kind: 'require' }
  /** Another name or a member of it: `step`, `cairn.step`. */
  | { readonly kind: 'alias'; readonly root: string; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly root: string; readonly path: readonly string[] }

/** One top-level declaration (each declarator of a statement by itself) or statement. */
export interface Unit extends CodeFacts {
  /** Names that it declares; `*default*` for an anonymous default export. */
  readonly names: readonly string[]
  readonly kind: UnitKind
  readonly range: Span
  /** The statement that it is in, with `export`. */
  readonly statement: Span
  readonly line: number
  readonly initialiser?: Initialiser
  /** Those of its names that are other names of `process.env`. */
  readonly environmentNames?: readonly string[]
  /** Of a statement, in a few words: `registry.set(…)`. Those of one file differ. */
  readonly gist?: string
  /** A class with static fields or blocks. */
  readonly hasStatics?: boolean
  /** Those of its names that an earlier unit declares, too (`var` twice, merged enums). */
  readonly repeats?: readonly string[]
}

/** The code of declared ports that was cut out of a declaration. */
export interface PortExpression extends CodeFacts {
  /**
   * `input:x`, `output:y` (the unnamed output is `output:output`), `params`; `input:*` and `output:*` where the ports
   * are not the properties of an object literal: then the expression counts for each of them.
   */
  readonly port: string
  readonly range: Span
}

/** What was given to `.implement(...)`. */
export interface Implementation extends CodeFacts {
  /** The argument. */
  readonly range: Span
  /** A literal function, or any other expression. */
  readonly kind: 'arrow' | 'function' | 'expression'
  /** The argument if it is only a name. */
  readonly name?: string
}

/** A call that looks like `step({...})`, `pipeline({...})` or `slot({...})`, cut out of its unit. */
export interface Definition {
  /** The unit that it is in. */
  readonly unit: number
  /** Offset of the last name of the callee: what V8 gives as the position of the call. */
  readonly at: number
  /** The call: `step({...})`. */
  readonly range: Span
  /** With `.implement(...)`, if that follows at once. */
  readonly chain: Span
  readonly line: number
  readonly callee: { readonly root: string; readonly path: readonly string[] }
  /** The name of the step, if it is a literal. */
  readonly name?: string
  /** All arguments of the call; without those parts that `ports` has. */
  readonly declaration: CodeFacts
  /** Empty if the declaration is not an object literal: then the whole of the declaration counts for each port. */
  readonly ports: readonly PortExpression[]
  readonly implementation?: Implementation
}

/** A call `declared.implement(...)` of a name: the step was declared before. Its code is part of its unit, too. */
export interface LooseImplementation {
  /** The name before `.implement`. */
  readonly of: string
  readonly unit: number
  readonly implementation: Implementation
}

/** Where an imported name comes from: `*` for the namespace. */
export interface ImportedName {
  readonly from: string
  readonly name: string
}

/** What an exported name is: a local name, or a name of another module. */
export type ExportedName = { readonly local: string } | ImportedName

/** A module that this one asks for. */
export interface ModuleRequest {
  readonly specifier: string
  /** `effect`: an import without names. */
  readonly kind: 'static' | 'effect' | 'dynamic' | 'require'
}

/** An import statement, for cutting the module down. */
export interface ImportStatement {
  readonly range: Span
  readonly names: readonly string[]
}

/** A statement `export { ... }` without `from`, for cutting the module down. */
export interface ExportList {
  readonly range: Span
  readonly pairs: readonly (readonly [local: string, exported: string])[]
}

/** What one file is by its text alone: JSON-safe, a pure function of the name's extension and the content. */
export interface ModuleSummary {
  readonly version: string
  /** `data`: anything that is not code; `broken`: it cannot be parsed. */
  readonly kind: 'module' | 'commonjs' | 'data' | 'broken'
  /** Of data: sha256 as hex of the parsed content (JSON, in order of keys) or of the bytes. */
  readonly dataHash?: string
  readonly problem?: Finding
  /** By local name. */
  readonly imports: Readonly<Record<string, ImportedName>>
  /** By exported name. */
  readonly exports: Readonly<Record<string, ExportedName>>
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[]
  /** In order of appearance, which is the order of evaluation. */
  readonly requests: readonly ModuleRequest[]
  readonly units: readonly Unit[]
  readonly definitions: readonly Definition[]
  readonly looseImplementations: readonly LooseImplementation[]
  readonly importStatements: readonly ImportStatement[]
  readonly exportLists: readonly ExportList[]
  /** Type-only imports, for cutting the module down. */
  readonly typeStatements: readonly Span[]
}
