import type { FlowChange } from './flow.ts'
import type { FlowFunction } from './flow-function.ts'
import { ListedSet } from './listed-set.ts'
import type { Place } from './place.ts'

/** Who calls functions among the arguments of a call, and what it gives to them. */
export type CallbackRule = 'none' | 'elements' | 'reduce' | 'anything'

/** What has to be said of a call; the rest is known later. */
export interface NewFlowCall {
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
}

/** A call, as values flow through it. */
export class FlowCall implements NewFlowCall {
  readonly callee: Place
  readonly receiver: Place
  readonly args: readonly Place[]
  readonly spreadAt: number
  readonly isNew: boolean
  readonly applies: string | undefined
  readonly result: Place
  readonly callbacks: CallbackRule
  readonly given: Place
  readonly kind: 'function' | 'method' | 'known'
  readonly change: FlowChange | undefined
  /** Functions of the piece that it may call. */
  readonly linked: ListedSet<FlowFunction> = new ListedSet()
  /** Those that may be called back. */
  readonly calledBack: ListedSet<FlowFunction> = new ListedSet()
  /** Names of other pieces that may be called. */
  readonly called: ListedSet<string> = new ListedSet()
  /** By argument: what functions that are part of it may get, whichever they are. */
  callbackGets: Map<Place, Place> | undefined
  /** Whether it may call something that is not known: a parameter. */
  isUnknown = false
  /** Whether the piece changes what it gives back. */
  changesResult = false

  constructor(call: NewFlowCall) {
    this.callee = call.callee
    this.receiver = call.receiver
    this.args = call.args
    this.spreadAt = call.spreadAt
    this.isNew = call.isNew
    this.applies = call.applies
    this.result = call.result
    this.callbacks = call.callbacks
    this.given = call.given
    this.kind = call.kind
    this.change = call.change
  }
}
