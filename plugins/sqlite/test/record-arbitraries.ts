import { STATUSES, toTaggedJson, type Json, type RecordKind, type RecordKinds } from '@cairnml/core'
import fc from 'fast-check'

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant('__proto__'))
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/)
const digest = fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.stringMatching(/^[0-9A-F]{64}$/), name)
const time = fc.integer({ min: 0, max: 8_640_000_000_000 })
const status = fc.constantFrom(...STATUSES)
const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 2 }).map((value) => toTaggedJson(value))
const error = fc.record({ code: text, message: text, hint: text, stack: text }, { requiredKeys: ['code', 'message'] })
const metric = fc.record({ name: text, value: fc.double(), step: fc.nat() }, { requiredKeys: ['name', 'value'] })
const counts = fc.record(Object.fromEntries(STATUSES.map((each) => [each, fc.nat()])), { requiredKeys: [] })
const process = fc.record(
  { host: text, user: text, pid: fc.nat(), startTicks: fc.nat(), bootId: text, node: text, platform: text },
  { requiredKeys: ['host', 'user', 'pid', 'node', 'platform'] },
)

const base = { digest, size: fc.nat(), type: name }
const extras = {
  metadata: fc.dictionary(text, json, { maxKeys: 2 }),
  preview: fc.record({ kind: fc.constantFrom('text', 'markdown', 'json'), text }),
}
const artifact = fc.oneof(
  fc.record(
    { kind: fc.constant('file'), path: name, ...base, ...extras },
    { requiredKeys: ['kind', 'path', 'digest', 'size', 'type'] },
  ),
  fc.record({ kind: fc.constant('tree'), ...base }),
  fc.record({ kind: fc.constant('collection'), count: fc.nat(), ...base }),
)
const attempt = fc.record(
  { attempt: fc.nat(), status, startedAt: time, endedAt: time, error },
  { requiredKeys: ['attempt', 'status', 'startedAt', 'endedAt'] },
)

const common = { id: name, revision: fc.integer({ min: 1, max: 1000 }) }

const stepRun = fc
  .record(
    {
      ...common,
      run: name,
      invocation: name,
      step: name,
      position: fc.nat(),
      status,
      startedAt: time,
      endedAt: time,
      key: digest,
      entry: name,
      entryOf: name,
      origin: fc.oneof(
        name,
        fc.tuple(name, name).map((parts) => parts.join('.')),
        text,
      ),
      uncacheable: text,
      why: fc.oneof(
        fc.record({ kind: fc.constant('first') }),
        fc.record({ kind: fc.constant('changed'), against: name, from: fc.dictionary(name, fc.array(name)) }),
      ),
      codeDigest: digest,
      params: json,
      inputs: fc.dictionary(text, fc.oneof(artifact, fc.array(artifact, { maxLength: 2 })), { maxKeys: 2 }),
      outputs: fc.dictionary(text, artifact, { maxKeys: 2 }),
      metrics: fc.array(metric, { maxLength: 2 }),
      metadata: json,
      options: json,
      attempts: fc.array(attempt, { maxLength: 2 }),
      error,
    },
    { requiredKeys: ['id', 'revision', 'run', 'invocation', 'step', 'position', 'status', 'startedAt'] },
  )
  .map((record) => ({ ...record, id: `${record.run}.${record.invocation}` }))

/** Records of every kind as their types allow them; ids of one kind may be equal. */
export const RECORDS = {
  pipeline: fc.record({ ...common, name, createdAt: time }),
  pipelineVersion: fc.record({ ...common, pipeline: name, version: fc.nat(), structure: digest, createdAt: time }),
  run: fc.record(
    {
      ...common,
      name,
      nameKey: name,
      pipeline: name,
      version: fc.nat(),
      status,
      startedAt: time,
      endedAt: time,
      params: json,
      options: json,
      tags: fc.array(text, { maxLength: 3 }),
      stack: fc.record({
        name: text,
        components: fc.dictionary(text, fc.record({ name: text, type: text, plugin: text }), { maxKeys: 2 }),
      }),
      process,
      error,
      metrics: fc.array(metric, { maxLength: 2 }),
      counts,
    },
    {
      requiredKeys: [
        ...(['id', 'revision', 'name', 'nameKey', 'pipeline', 'version', 'status', 'startedAt'] as const),
        ...(['params', 'options', 'tags', 'stack', 'process'] as const),
      ],
    },
  ),
  stepRun,
  keyTree: fc
    .record({
      ...common,
      createdAt: time,
      tree: fc.record({
        policy: name,
        parts: fc.array(
          fc.record(
            {
              label: text,
              value: json,
              detail: fc.array(fc.record({ kind: fc.constant('file'), name: text }), { maxLength: 2 }),
            },
            { requiredKeys: ['label', 'value'] },
          ),
          { maxLength: 3 },
        ),
      }),
    })
    .chain((record) => digest.map((id) => ({ ...record, id }))),
  // Sound: each is built field by field from the type of its kind.
} as unknown as { readonly [K in RecordKind]: fc.Arbitrary<RecordKinds[K]> }
