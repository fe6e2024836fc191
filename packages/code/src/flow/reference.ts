/**
 * What a piece of code refers to outside of itself. A string is a name of the module scope or a global;
 * `member` is a literal member of an imported name (`*`: the whole namespace of an `import * as`); `import` is a
 * literal `import()` of which one export is used (`*`: all); `require` a literal require; `jsx` the runtime of JSX, from
 * what a comment of the module names, or else the settings of its compiler; `setting` what these settings say of a kind
 * of syntax; `result` what calling a name, or a member of it, gives; `given` what a method gives that the name itself, or
 * a part of it, may be, too, unless the name is a class.
 */
export type Reference =
  | string
  | readonly ['member', name: string, member: string]
  | readonly ['import', specifier: string, exported: string]
  | readonly ['require', specifier: string]
  | readonly ['jsx', source: string]
  | readonly ['setting', of: SyntaxSetting]
  | readonly ['result', name: string, member: string]
  | readonly ['given', name: string, method: string]

/** Syntax that compilers read in more than one way: decorators, and the fields of classes in TypeScript. */
export type SyntaxSetting = 'decorators' | 'fields'
