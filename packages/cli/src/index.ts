export { parseHelp, type HelpRow, type HelpText } from './help-text/parse-help.ts'
export { main } from './main.ts'
