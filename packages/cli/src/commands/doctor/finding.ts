import { errorRecord } from '@cairnml/core'

/** One thing that was looked at. */
export interface Finding {
  readonly about: string
  readonly state: 'ok' | 'bad' | 'unchecked'
  readonly text: string
  /** What to do about it. */
  readonly hint?: string | undefined
}

/** What looking at something came to; a fault is a finding, too. */
export async function finding(about: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { about, state: 'ok', text: await look() }
  } catch (error) {
    const { code, message, hint } = errorRecord(error)
    return { about, state: 'bad', text: `${code}: ${message}`, hint }
  }
}
