import type { ResultManifest, ResultInput } from '../artifact/result-manifest.ts'
import { token, type Token } from '../container/token.ts'
import type { Json } from '../encoding/tagged-json.ts'
import type { Component, OperationOptions } from '../plugin/component.ts'

/** One attempt of one step, as JSON: all that a worker anywhere needs besides the artifact store. */
export interface StepInvocation {
  readonly run: { readonly id: string; readonly name: string; readonly pipeline: string }
  readonly invocation: string
  readonly step: string
  /** From 1. */
  readonly attempt: number
  /** The cache key, where the result may be reused; the worker then writes its manifest as a cache entry. */
  readonly key?: string | undefined
  /** Prefix of the cache in the artifact store. */
  readonly zone: string
  /** Validated parameters as tagged JSON. */
  readonly params: { readonly [name: string]: Json }
  readonly inputs: { readonly [name: string]: ResultInput }
  /** Names of the environment variables that hold its secrets; an orchestrator has to set them where the worker runs. */
  readonly secrets?: readonly string[] | undefined
  /**
   * What is said to this orchestrator of the step, as the `settings` schema of its definition gives it, as tagged JSON;
   * absent where nothing is said.
   */
  readonly settings?: Json | undefined
}

/** What happens while a step runs. */
export type StepEvent =
  | { readonly kind: 'metric'; readonly name: string; readonly value: number; readonly step?: number | undefined }
  | { readonly kind: 'metadata'; readonly values: { readonly [name: string]: Json } }
  | { readonly kind: 'progress'; readonly fraction: number; readonly text?: string | undefined }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly text: string }

/** What an orchestrator gets besides the invocation. */
export interface ExecutionContext {
  /** Aborted when the step is to stop: cancelled, or out of time. */
  readonly signal: AbortSignal
  /** Does the work in this process: loads inputs, runs the step, writes outputs and manifest. */
  runHere(): Promise<ResultManifest>
}

/**
 * Where and how one invocation runs. Which ones run at a time, retries and timeouts are the engine's business.
 *
 * Promises: `execute` is idempotent per run, invocation and attempt; it resolves with the manifest that the worker
 * wrote, also of a failed step, and rejects only if no worker could be started, or the worker was lost. What becomes of one
 * execution is no matter of another one, and none leaves a listener at the signal, which many share.
 */
export interface Orchestrator extends Component {
  /** How many invocations may execute at once. */
  readonly concurrency: number
  execute(invocation: StepInvocation, context: ExecutionContext): Promise<ResultManifest>
  /** Called once per run, before the first step that really executes. */
  prepare?(run: StepInvocation['run'], options?: OperationOptions): Promise<void>
}

/** Where the orchestrator of a stack is found. */
export const ORCHESTRATOR: Token<Orchestrator> = token('Orchestrator')
