import { Console } from 'node:console'

/** What the code of plugins and of the project prints goes to standard error from here on, and not between the answer's lines. */
export function consoleToStderr(): void {
  globalThis.console = new Console(process.stderr)
}
