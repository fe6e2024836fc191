// Errors
export { CairnError, cairnError, describeError, isCairnError, type CairnErrorFields } from './errors/cairn-error.ts'
export { ERROR_CODES, type ErrorCode, type ErrorDetails } from './errors/catalogue.ts'
export { errorStacks } from './errors/error-stacks.ts'
export { placeOfError } from './errors/place-of-error.ts'
export type { ParameterIssue } from './errors/parameter-errors-data.ts'
export { hideSecret } from './secrets/known-secrets.ts'
export { SECRET_MASK, secretForms, type SecretForms } from './secrets/secret-forms.ts'

// Folders
export { makeLocalFolder } from './files/local-folder.ts'
export { makeFolders } from './files/make-folders.ts'

// Names and encodings
export { assertName, foldName, nameProblem } from './names/name.ts'
export { nearestName } from './names/nearest.ts'
export { sortableId } from './names/sortable-id.ts'
export { CANONICAL_VERSION, canonicalDigest, canonicalText } from './encoding/canonical.ts'
export { byCodeUnit, type PlainData, type PlainObject } from './encoding/plain-data.ts'
export { fromTaggedJson, toTaggedJson, type Json } from './encoding/tagged-json.ts'

// Plugins and components
export {
  artifactStore,
  cacheIndex,
  cachePolicy,
  definePlugin,
  metadataStore,
  orchestrator,
  provenance,
  type AnyComponentDefinition,
  type ComponentContext,
  type ComponentDefinition,
  type Plugin,
  type PortName,
  type Ports,
} from './plugin/define-plugin.ts'
export type { Capabilities, Requirements } from './plugin/capabilities.ts'
export type { Component, DisposableComponent, OperationOptions } from './plugin/component.ts'
export { token, type Token } from './container/token.ts'

// Artifact store
export {
  ARTIFACT_STORE,
  type ArtifactStore,
  type ArtifactStoreCapabilities,
  type ByteRange,
  type GetOptions,
  type ObjectBody,
  type ObjectInfo,
  type PutOptions,
  type PutResult,
} from './artifact-store/artifact-store.ts'
export { MemoryArtifactStore } from './artifact-store/memory-artifact-store.ts'
export { bodyBlocks, bodyBytes, type BodyBlocksOptions } from './artifact-store/body-blocks.ts'
export { assertObjectKey, assertObjectPrefix, isObjectKey } from './artifact-store/object-key.ts'

// Metadata store and records
export {
  METADATA_STORE,
  RECORD_INDEXES,
  type FieldFilter,
  type IndexedField,
  type MetadataStore,
  type RecordChange,
  type RecordIndexes,
  type RecordNotice,
  type RecordPage,
  type RecordQuery,
} from './metadata-store/metadata-store.ts'
export {
  comparedFields,
  COMPARISONS,
  conditionHolds,
  type Comparison,
  type RecordComparison,
  type RecordCondition,
} from './metadata-store/record-condition.ts'
export { isFactName, isSingleFact, recordFacts, type FactName, type RecordFact } from './metadata-store/record-facts.ts'
export { MemoryMetadataStore } from './metadata-store/memory-metadata-store.ts'
export type {
  AttemptRecord,
  ComponentSnapshot,
  ExecutionReason,
  KeyTreeRecord,
  PipelineRecord,
  PipelineVersionRecord,
  RecordBase,
  RecordKind,
  RecordKinds,
  RunRecord,
  StepRunRecord,
} from './records/records.ts'
export { errorRecord, type ErrorRecord } from './records/error-record.ts'
export { isSurelyDead, thisProcess, type ProcessIdentity } from './records/process-identity.ts'
export { STATUSES, type Status } from './records/status.ts'

// Cache
export {
  CACHE_POLICY,
  type BasePolicy,
  type CachePolicy,
  type FileForCaching,
  type InputForCaching,
  type KeyPart,
  type KeyTree,
  type OptionsForCaching,
  type PolicyContext,
  type PortForCaching,
  type StepForCaching,
  type Uncacheable,
  type UrlForCaching,
  type VariableForCaching,
  type Verdict,
} from './cache-policy/cache-policy.ts'
export { ContentCachePolicy, type ContentPolicyOptions } from './cache-policy/content-policy.ts'
export { countedVariables, type CountedVariables } from './cache-policy/counted-variables.ts'
export { cacheKey } from './cache-policy/cache-key.ts'
export {
  CACHE_INDEX,
  type AcquireOptions,
  type Beater,
  type BeaterModule,
  type BeaterReference,
  type Busy,
  type CacheIndex,
  type HeldLease,
  type Lease,
  type PutEntryOptions,
} from './cache-index/cache-index.ts'
export { MemoryCacheIndex } from './cache-index/memory-cache-index.ts'
export { entryInTheWay } from './cache-index/entry-in-the-way.ts'
export type {
  BundleTarget,
  CapturedValue,
  CodeIdentity,
  CodePart,
  DefinitionSite,
  KnownCode,
  OutsideRead,
  PackageCode,
  PortCode,
  StepBundle,
  StepCode,
  StepSource,
  UnknownCode,
} from './code-identity/code-identity.ts'

// Orchestrator
export {
  ORCHESTRATOR,
  type ExecutionContext,
  type Orchestrator,
  type StepEvent,
  type StepInvocation,
} from './orchestrator/orchestrator.ts'
export { InlineOrchestrator } from './orchestrator/inline-orchestrator.ts'

// Provenance
export { PROVENANCE, type ChangedFiles, type CodeProvenance, type Provenance } from './provenance/provenance.ts'

// The process
export { outliveClosedPipes } from './process/closed-pipes.ts'
export { tellLostOutput } from './process/lost-output.ts'
export { hasUnicode } from './process/unicode-terminal.ts'

// Artifacts
export { assertArtifactPath } from './artifact/artifact-path.ts'
export type { ArtifactFile, ArtifactRef, Preview } from './artifact/artifact-ref.ts'
export type { Acceptance, CacheEntry, Metric, ResultInput, ResultManifest } from './artifact/result-manifest.ts'
export {
  blobKey,
  cachePrefix,
  checkLayout,
  DEFAULT_ZONE,
  entryKey,
  LAYOUT_VERSION,
  markLayout,
  reportedRunOf,
  resultFolder,
  resultKey,
  runReportKey,
  treeKey,
} from './artifact/layout.ts'
export { logPrefix, logPrefixOf, logSegmentKey, type LogEntry, type LogRef } from './artifact/step-log.ts'
export {
  contentOf,
  contentOfFile,
  isFresh,
  missingObject,
  readWhole,
  streamContent,
  type Content,
} from './artifact/blob.ts'
export { readTree, type Tree } from './artifact/tree.ts'
export { isPresent, type PresenceOptions } from './artifact/artifact-presence.ts'
export { inputDigest, isRef, readArtifact, type ReadContext } from './artifact/read-artifact.ts'
export { artifactChange, mayChange } from './artifact/changed-artifact.ts'
export { valueFolder } from './artifact/value-folder.ts'
export { writeArtifact } from './artifact/write-artifact.ts'
export type { WriteContext } from './artifact/write-context.ts'
export { StoreFileWriter } from './artifact/store-file-writer.ts'
export { storeExternal } from './artifact/store-external.ts'

// Materializers and types of inputs and outputs
export {
  materializer,
  type AnyMaterializer,
  type FileReader,
  type FileWriter,
  type Materializer,
  type MaterializerDeclaration,
  type Metadata,
} from './materializer/materializer.ts'
export {
  isList,
  isOptional,
  list,
  optional,
  portTypeName,
  requiredPort,
  type AnyList,
  type AnyOptional,
  type ArtifactType,
  type LazyList,
  type List,
  type Optional,
  type Port,
  type PortMap,
  type ValueOf,
} from './materializer/port.ts'
export { json } from './materializer/json.ts'
export { bytes, text } from './materializer/text-and-bytes.ts'
export { matrix, ndArray, typedArray, vector, type Matrix } from './materializer/arrays.ts'
export { directory, file } from './materializer/files.ts'
export { builtInType } from './materializer/built-in.ts'
export { image, jpeg } from './materializer/images.ts'
export type { Image } from './image/image.ts'
export { reference } from './materializer/reference.ts'
export { type OutsideState } from './outside/outside-state.ts'
export { shownUrl, urlState, type UrlLook } from './outside/url-state.ts'
export { decodeNpy } from './npy/decode-npy.ts'
export { encodeNpy } from './npy/encode-npy.ts'
export type { NdArray, TypedArray } from './npy/nd-array.ts'

// Authoring
export { step } from './authoring/step.ts'
export { pipeline } from './authoring/pipeline.ts'
export { slot, type AnySlot, type Slot, type Slots } from './authoring/slot.ts'
export { external } from './authoring/external.ts'
export { isHandle, type After, type Artifact, type Invocation } from './authoring/handle.ts'
export {
  CACHE_MODES,
  FAILURE_MODES,
  PROGRESS_MODES,
  type CacheMode,
  type CallOptions,
  type FailureMode,
  type HookEvent,
  type Hooks,
  type PipelineOptions,
  type ProgressMode,
  type Resources,
  type Retry,
  type StepOptions,
  type StepOverrides,
} from './authoring/options.ts'
export type { DeclaredStep, ParamsSchema, Shape, Step, StepDeclaration } from './authoring/step-types.ts'
export type { Pipeline, PipelineDeclaration, Results } from './authoring/pipeline-types.ts'
export { isSettings, joinedSettings, type ComponentSettings, type Settings } from './authoring/component-settings.ts'
export type { Run, RunOptions, StepRun, StoredValue } from './authoring/run-types.ts'
export type { CachingOptions, DeclaredOutside, Ignored, KeyFacts, UndeclaredMode } from './authoring/caching-options.ts'
export type { StepContext, StepLogger, StepSecrets } from './authoring/context.ts'
export { assertIgnored, type IgnorableNames } from './authoring/ignored-names.ts'
export { stepSecrets } from './authoring/step-secrets.ts'
export { isRunFailedError, RunFailedError } from './authoring/run-failed-error.ts'
export { currentRunner, setRunner, type Runner } from './authoring/runner.ts'
export {
  pipelineDefinition,
  stepDefinition,
  type PipelineDefinition,
  type StepDefinition,
} from './authoring/definition.ts'
export { SINGLE_OUTPUT, type DeclaredPorts, type OutputForm } from './authoring/declared-ports.ts'
export { checkedStepOptions } from './authoring/step-options.ts'
export { parseDuration } from './authoring/duration.ts'
export { validateParams } from './authoring/params.ts'

// Graph
export { buildGraph } from './graph/build-graph.ts'
export { needsOf } from './graph/in-order.ts'
export { structureDigest } from './graph/structure.ts'
export type { ArtifactSource, ExternalData, Graph, GraphNode, NodeInput, TypedSource } from './graph/graph.ts'

// Stacks
export {
  DEFAULT_STACK,
  defineStack,
  type CachePolicyReference,
  type CompleteStack,
  type ComponentReference,
  type InlineComponent,
  type NamedComponent,
  type StackDefinition,
} from './stack/define-stack.ts'
