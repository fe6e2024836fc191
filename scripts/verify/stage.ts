import { runCommand, type CommandResult } from '../repository/run-command.ts'

/** One thing that `pnpm verify` checks. */
export interface Stage {
  readonly name: string
  readonly run: () => Promise<StageResult>
}

/** What a stage found. */
export interface StageResult {
  readonly passed: boolean
  /** Shown beside the name, in a few words. */
  readonly note?: string
  /** Shown below the name when the stage failed. */
  readonly output: string
}

/** A stage that runs commands one after the other, all of them whatever fails; it passes when each exits with 0. */
export function commands(name: string, ...lines: readonly (readonly string[])[]): Stage {
  const run = async (): Promise<StageResult> => {
    const results: CommandResult[] = []
    for (const line of lines) results.push(await runCommand(line))
    return {
      passed: results.every(({ passed }) => passed),
      output: results
        .filter(({ passed }) => !passed)
        .map(({ output }) => output)
        .join('\n'),
    }
  }
  return { name, run }
}

/** A stage that lists problems in lines; it passes when there are none. */
export function problems(name: string, find: () => Promise<readonly string[]>): Stage {
  const run = async (): Promise<StageResult> => {
    const found = await find()
    return { passed: found.length === 0, output: found.join('\n') }
  }
  return { name, run }
}
