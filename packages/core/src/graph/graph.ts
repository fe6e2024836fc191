import type { PipelineDefinition, StepDefinition } from '../authoring/definition.ts'
import type { PipelineOptions } from '../authoring/options.ts'
import type { ArtifactType, Port } from '../materializer/port.ts'
import type { PlainObject } from '../encoding/plain-data.ts'

/** Data that does not come from a step. */
export type ExternalData = { readonly type: ArtifactType } & (
  | { readonly value: unknown; readonly file?: undefined }
  | { readonly file: string; readonly value?: undefined }
)

/** Where an artifact comes from. */
export type ArtifactSource =
  | { readonly kind: 'output'; readonly invocation: string; readonly output: string }
  | { readonly kind: 'external'; readonly data: ExternalData }

/** A source with the type that it is stored with. */
export interface TypedSource {
  readonly source: ArtifactSource
  readonly port: Port
}

/** What an input is wired to: one artifact, or the items of a list. */
export type NodeInput = TypedSource | readonly TypedSource[]

/** One use of a step. */
export interface GraphNode {
  readonly id: string
  readonly step: StepDefinition
  /** The role, where the step fills a slot. */
  readonly slot: string | undefined
  /** Place of the call, the same for all repetitions of a loop. */
  readonly site: string
  /** Parameters as preset and given, not yet validated. */
  readonly params: Readonly<Record<string, unknown>>
  /** Parameters whose values come from steps. */
  readonly paramSources: Readonly<Record<string, TypedSource>>
  /** Absent optional inputs are left out. */
  readonly inputs: Readonly<Record<string, NodeInput>>
  /** Invocations that must have ended before, without data. */
  readonly after: readonly string[]
  readonly when: TypedSource | undefined
  /** Options of the pipelines around it, outermost first. */
  readonly pipelineOptions: readonly PipelineOptions[]
}

/** What `build` made: invocations in an order in which each comes after what it needs. */
export interface Graph {
  readonly pipeline: PipelineDefinition
  /** Validated. */
  readonly params: PlainObject
  readonly nodes: readonly GraphNode[]
  /** What `build` returned. */
  readonly result: unknown
}
