/** Moves the beat of a lease that is held; takes its key and its fence. */
export const BEAT_SQL = 'UPDATE lease SET beat = beat + 1 WHERE key = ? AND fence = ? AND owner IS NOT NULL'
