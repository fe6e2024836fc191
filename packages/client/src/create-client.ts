import type { ExplainOptions, RunExplanation, StepExplanation } from './explain/explanation.ts'
import type { StoredRun } from './runs/stored-run.ts'
import { openStores, type ClientOptions, type ReadStores } from './stack/open-stores.ts'

/** A run that is being looked for: await it, or ask it at once. */
export interface PendingRun extends Promise<StoredRun> {
  explain(): Promise<RunExplanation>
  explain(step: string, options?: ExplainOptions): Promise<StepExplanation>
}

/** Reads what the runs of a project have recorded. It changes nothing. */
export interface Client extends AsyncDisposable {
  /**
   * A run by its name, ignoring case, or by the start of one; `last`, `last~1`, `<pipeline>@last`.
   *
   * @param name default: `last`
   * @throws CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS
   *
   * @example
   * const { sentence } = await client.run('last').explain('train')
   */
  run(name?: string): PendingRun
}

/**
 * Opens a project for reading. Stores are opened at the first question and stay open until the client is disposed.
 *
 * @throws CAIRN_STACK_UNKNOWN
 */
export async function createClient(options: ClientOptions = {}): Promise<Client> {
  const stores = openStores(options)
  return {
    run: (name = 'last') => pendingRun(readRun(stores, name)),
    [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
  }
}

async function readRun(stores: ReadStores, name: string): Promise<StoredRun> {
  const { findRun } = await import('./runs/find-run.ts')
  const { RecordedRun } = await import('./runs/stored-run.ts')
  return new RecordedRun(await findRun(await stores.records(), name), stores)
}

function pendingRun(run: Promise<StoredRun>): PendingRun {
  const explain = async (step?: string, options?: ExplainOptions): Promise<RunExplanation | StepExplanation> => {
    const found = await run
    return step === undefined ? found.explain() : found.explain(step, options)
  }
  // Sound: what `explain` gives depends on whether it is given a step, as the two signatures say.
  return Object.assign(run, { explain }) as PendingRun
}
