import type { FlowChange } from './flow.ts'
import type { FlowFunction } from './flow-function.ts'
import type { Place } from './place.ts'

/** Who calls functions among the arguments of a call, and what it gives to them. */
export type CallbackRule = 'none' | 'elements' | 'reduce' | 'anything'

/** A call, as values flow through it. */
export interface FlowCall {
  readonly callee: Place
  /** What the method is called on. */
  readonly receiver: Place
  readonly args: readonly Place[]
  /** The index of the first spread argument: from there on, any argument may be any parameter. */
  readonly spreadAt: number
  readonly isNew: boolean
  /** `call`, `apply` or `bind`: it calls what it is called on. */
  readonly applies?: string | undefined
  readonly result: Place
  readonly callbacks: CallbackRule
  /** What functions of other pieces give back, or give to callbacks. */
  readonly given: Place
  /** `function`: called by a name or as a value; `known`: by the language, whose rules are applied already. */
  readonly kind: 'function' | 'method' | 'known'
  /** What a change by this call is; absent for calls that nobody wrote. */
  readonly change?: FlowChange | undefined
  /** Functions of the piece that it may call, and those that may be called back. */
  readonly linked: Set<FlowFunction>
  readonly calledBack: Set<FlowFunction>
  /** Names of other pieces that may be called. */
  readonly called: Set<string>
  /** By argument: what functions that are part of it may get, whichever they are. */
  readonly callbackGets: Map<Place, Place>
  /** Whether it may call something that is not known: a parameter. */
  isUnknown: boolean
  /** Whether the piece changes what it gives back. */
  changesResult: boolean
}

/** What has to be said of a call; the rest is known later. */
export type NewFlowCall = Omit<
  FlowCall,
  'linked' | 'calledBack' | 'called' | 'callbackGets' | 'isUnknown' | 'changesResult'
>

/** A call of which nothing is known yet. */
export function flowCall(call: NewFlowCall): FlowCall {
  return {
    ...call,
    linked: new Set(),
    calledBack: new Set(),
    called: new Set(),
    callbackGets: new Map(),
    isUnknown: false,
    changesResult: false,
  }
}
