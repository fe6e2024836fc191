import type { StandardSchemaV1 } from '@standard-schema/spec'

import type { DefinitionSite } from '../code-identity/code-identity.ts'
import type { PortMap } from '../materializer/port.ts'
import type { StepContext } from './context.ts'
import type { DeclaredPorts } from './declared-ports.ts'
import type { PipelineOptions, StepOptions } from './options.ts'
import type { AnySlot } from './slot.ts'

/** The function of a step, its types erased. */
export type StepFunction = (args: Readonly<Record<string, unknown>>, context: StepContext) => unknown

/** A step without its types: what the engine works with. */
export interface StepDefinition {
  readonly name: string
  readonly params: StandardSchemaV1 | undefined
  readonly ports: DeclaredPorts
  readonly options: StepOptions
  /** Parameters that `.with` set. */
  readonly preset: Readonly<Record<string, unknown>>
  readonly run: StepFunction
  readonly site: DefinitionSite
  /** Shared by all copies of one step and by nothing else. */
  readonly origin: object
}

/** A pipeline without its types. */
export interface PipelineDefinition {
  readonly name: string
  readonly params: StandardSchemaV1 | undefined
  readonly inputs: PortMap
  readonly slots: Readonly<Record<string, AnySlot>>
  /** Steps that fill slots. */
  readonly filled: Readonly<Record<string, StepDefinition>>
  readonly options: PipelineOptions
  readonly build: (args: Readonly<Record<string, unknown>>, steps: Readonly<Record<string, unknown>>) => unknown
}

const DEFINITION = Symbol.for('cairnml/definition')

/** Attaches a definition to the function that users call. */
export function attachDefinition(to: object, definition: StepDefinition | PipelineDefinition): void {
  Object.defineProperty(to, DEFINITION, { value: definition })
}

/** The definition behind a step, or `undefined` for anything else. Works across two copies of this package. */
export function stepDefinition(of: unknown): StepDefinition | undefined {
  const found = definitionOf(of)
  return found !== undefined && 'run' in found ? found : undefined
}

/** The definition behind a pipeline, or `undefined` for anything else. */
export function pipelineDefinition(of: unknown): PipelineDefinition | undefined {
  const found = definitionOf(of)
  return found !== undefined && 'build' in found ? found : undefined
}

function definitionOf(of: unknown): StepDefinition | PipelineDefinition | undefined {
  if (typeof of !== 'function' || !(DEFINITION in of)) return undefined
  return of[DEFINITION] as StepDefinition | PipelineDefinition
}
