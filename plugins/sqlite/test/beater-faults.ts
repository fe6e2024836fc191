/** How a beater breaks its promises, and the test of the suite that is meant to notice. */
export const BEATER_FAULTS = {
  'gives no beat': 'move the beat of every lease that is held',
  'renews one lease only': 'move the beat of every lease that is held',
  'looks at the key alone': 'leave the successor of a lost lease alone',
  'brings back what is over': 'do not bring back what was released, and do not invent leases',
} as const

/** One of the ways in which a beater breaks its promises. */
export type BeaterFault = keyof typeof BEATER_FAULTS
