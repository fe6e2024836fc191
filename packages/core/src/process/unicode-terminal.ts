/** The variable of a locale that counts is the first of these that is set. */
const LOCALE = ['LC_ALL', 'LC_CTYPE', 'LANG'] as const

/**
 * Whether a terminal can be expected to show Unicode: unless its locale has another encoding (`LANG=C`), or it is the
 * console of Linux or an old one of Windows. Without any locale it can.
 *
 * @param variables of the environment
 */
export function hasUnicode(variables: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32') return variables['WT_SESSION'] !== undefined || variables['TERM_PROGRAM'] === 'vscode'
  const locale = LOCALE.map((name) => variables[name]).find((value) => value !== undefined && value !== '')
  return variables['TERM'] !== 'linux' && (locale === undefined || /utf-?8/i.test(locale))
}
