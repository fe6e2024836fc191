/** The states of a run or step run. `running` never outlives its process: see `failed` with the code CAIRN_RUN_LOST. */
export const STATUSES = ['pending', 'running', 'completed', 'cached', 'failed', 'skipped', 'cancelled'] as const

/** One of the states of a run or step run. */
export type Status = (typeof STATUSES)[number]
