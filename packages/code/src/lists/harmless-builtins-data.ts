/**
 * Modules of Node whose functions may be called at load without changing what other code of the process does. Those of
 * `fs` change files, which are no code; a step that reads them is told to declare them.
 */
export const HARMLESS_BUILTINS: ReadonlySet<string> = new Set([
  'assert',
  'assert/strict',
  'buffer',
  'crypto',
  'fs',
  'fs/promises',
  'os',
  'path',
  'path/posix',
  'path/win32',
  'perf_hooks',
  'process',
  'querystring',
  'string_decoder',
  'url',
  'util',
])

/** Modules of Node that run text as code or load modules by computed names, with the reason for refusing. */
export const REFUSED_BUILTINS: Readonly<Record<string, string>> = {
  vm: 'it uses node:vm',
  module: 'it uses node:module, which loads code by computed names',
  repl: 'it uses node:repl',
  inspector: 'it uses node:inspector',
  'inspector/promises': 'it uses node:inspector',
}

/** Names of refused modules that only answer questions. */
export const HARMLESS_NAMES_OF_REFUSED: ReadonlySet<string> = new Set(['isBuiltin', 'builtinModules'])
