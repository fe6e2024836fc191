import { SINGLE_OUTPUT } from '../authoring/declared-ports.ts'

/** An output as sentences name it: `output model`, and `output` for the one without a name. */
export function outputText(name: string): string {
  return name === SINGLE_OUTPUT ? 'output' : `output ${name}`
}
