// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
// eslint-disable-next-line no-control-regex -- control characters but tabs and line ends
const CONTROL_IN_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** A text for one cell or line: what could move the cursor or change colours is shown, not done. */
export function plainText(text: string): string {
  return text.replaceAll(CONTROL, escaped)
}

/** The same for a text of several lines. */
export function plainLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROL_IN_LINES, escaped)
}

function escaped(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\t') return '\\t'
  const code = character.charCodeAt(0)
  return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).padStart(2, '0')}`
}
