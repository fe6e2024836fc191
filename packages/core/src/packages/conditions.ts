const FLAG = /^(?:-C|--conditions)(?:=(.*))?$/

/** The conditions under which Node resolves an `import` when nothing else is asked for. */
export const NODE_CONDITIONS: readonly string[] = ['node', 'import', 'module-sync', 'node-addons', 'default']

/** The conditions of this process: those of Node, and those given by `--conditions` in its flags or NODE_OPTIONS. */
export function processConditions(
  execArgv: readonly string[] = process.execArgv,
  nodeOptions: string = process.env['NODE_OPTIONS'] ?? '',
): readonly string[] {
  if (execArgv.length === 0 && nodeOptions === '') return NODE_CONDITIONS
  return [...new Set([...flagValues(splitOptions(nodeOptions)), ...flagValues(execArgv), ...NODE_CONDITIONS])]
}

function flagValues(flags: readonly string[]): readonly string[] {
  return flags.flatMap((flag, index) => {
    const match = FLAG.exec(flag)
    if (match === null) return []
    const value = match[1] ?? flags[index + 1]
    return value === undefined || value === '' ? [] : [value]
  })
}

/** The flags in NODE_OPTIONS: split at spaces; double quotes keep a value together. */
export function splitOptions(options: string): readonly string[] {
  return Array.from(options.matchAll(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g), ([word]) =>
    word.replace(/"((?:\\.|[^"\\])*)"/g, (_, quoted: string) => quoted.replace(/\\(.)/g, '$1')),
  )
}
