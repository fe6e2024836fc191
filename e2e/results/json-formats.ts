import { z } from 'zod'

import { COMMAND_FORMATS } from './command-formats.ts'
import { PLUGIN_FORMATS } from './plugin-formats.ts'
import { STACK_FORMATS } from './stack-formats.ts'

const status = z.enum(['pending', 'running', 'completed', 'cached', 'failed', 'skipped', 'cancelled'])
const time = z.number().int().positive()
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const tagged = z.record(z.string(), z.json())
const error = z.strictObject({ code: z.string(), message: z.string() })
const metric = z.strictObject({ name: z.string(), value: z.number(), step: z.number().int().optional() })

const artifact = z.strictObject({
  kind: z.enum(['file', 'tree', 'collection']),
  path: z.string().optional(),
  count: z.number().int().optional(),
  digest,
  size: z.number().int(),
  type: z.string(),
  metadata: z.record(z.string(), z.json()).optional(),
  preview: z.looseObject({ kind: z.enum(['text', 'markdown', 'json', 'image']) }).optional(),
})
const origin = z.strictObject({
  run: z.string(),
  runId: z.string(),
  invocation: z.string(),
  user: z.string(),
  host: z.string(),
  commit: z.string().optional(),
  madeAt: time,
  accepted: z.json().optional(),
})
const summary = z.strictObject({
  id: z.string(),
  name: z.string(),
  pipeline: z.string(),
  version: z.number().int(),
  status,
  startedAt: time,
  endedAt: time.optional(),
  params: tagged,
  options: tagged,
  tags: z.array(z.string()),
  summary: z.record(z.string(), z.number()),
  counts: z.partialRecord(status, z.number().int()).optional(),
  stack: z.string(),
  by: z.strictObject({
    user: z.string(),
    host: z.string(),
    node: z.string(),
    platform: z.string(),
    commit: z.string().optional(),
  }),
  error: error.optional(),
})
const provenance = z.strictObject({
  type: z.string(),
  commit: z.string().optional(),
  branch: z.string().optional(),
  dirty: z.boolean().optional(),
  changed: z.strictObject({ count: z.number().int(), files: z.array(z.string()) }).optional(),
  remote: z.string().optional(),
  pushed: z.boolean().optional(),
  missing: z.array(z.string()).optional(),
})
const step = z.strictObject({
  id: z.string(),
  step: z.string(),
  status,
  startedAt: time,
  endedAt: time.optional(),
  params: tagged,
  outputs: z.record(z.string(), artifact),
  metrics: z.array(metric),
  metadata: tagged,
  options: tagged.optional(),
  key: digest.optional(),
  uncacheable: z.string().optional(),
  refusal: z.strictObject({ kind: z.string(), remedy: z.string() }).optional(),
  why: z.looseObject({ kind: z.string() }).optional(),
  origin: origin.optional(),
  packages: z.array(z.strictObject({ name: z.string(), version: z.string() })).optional(),
  error: error.optional(),
})
const reference = z.strictObject({ name: z.string(), version: z.number().int(), status, startedAt: time })
const version = z.strictObject({ version: z.number().int(), structure: digest, createdAt: time })
const file = z.strictObject({ path: z.string(), digest, size: z.number().int() })

/** What `cairn run <file> --json` prints: the beginning of `cairn.run/1`. */
export const RUN_RESULT: z.ZodType = summary
  .partial()
  .extend({ steps: z.array(step.partial()) })
  .strict()

/** What each format holds, as docs/json.md says it; nothing else may be in it. */
export const JSON_FORMATS = {
  ...COMMAND_FORMATS,
  ...PLUGIN_FORMATS,
  ...STACK_FORMATS,
  'cairn.run-list/1': z.strictObject({ runs: z.array(summary), cursor: z.string().optional() }),
  'cairn.run/1': summary.extend({ provenance: provenance.optional(), steps: z.array(step) }).strict(),
  'cairn.sync/1': z.strictObject({
    kind: z.enum(['imported', 'stored', 'skipped']),
    id: z.string(),
    name: z.string().optional(),
    pipeline: z.string().optional(),
    version: z.number().int().optional(),
    status: status.optional(),
    by: z.strictObject({ user: z.string(), host: z.string() }).optional(),
    madeAs: z.string().optional(),
    problem: z.string().optional(),
  }),
  'cairn.comparison/1': z.strictObject({
    of: z.enum(['runs', 'steps']),
    items: z.array(z.strictObject({ run: z.string(), step: z.string().optional() })),
    fields: z.array(z.strictObject({ field: z.string(), values: z.array(z.json()), differs: z.boolean() })),
  }),
  'cairn.log-line/1': z.strictObject({
    step: z.string(),
    attempt: z.number().int(),
    time,
    stream: z.enum(['stdout', 'stderr', 'log']),
    level: z.enum(['debug', 'info', 'warn', 'error']).optional(),
    text: z.string(),
  }),
  'cairn.run-removal/1': z.strictObject({
    dryRun: z.boolean(),
    runs: z.array(z.strictObject({ id: z.string(), name: z.string(), pipeline: z.string(), status, startedAt: time })),
    liveRuns: z.array(z.string()),
    removed: z
      .strictObject({ runs: z.number(), objects: z.number(), bytes: z.number(), keptSteps: z.number() })
      .optional(),
  }),
  'cairn.log-end/1': z.strictObject({
    run: z.string(),
    status,
    error: error.extend({ step: z.string().optional() }).optional(),
  }),
  'cairn.pipeline-list/1': z.strictObject({
    pipelines: z.array(
      z.strictObject({ name: z.string(), createdAt: time, versions: z.number().int(), last: reference.optional() }),
    ),
  }),
  'cairn.pipeline/1': z.strictObject({
    name: z.string(),
    createdAt: time,
    versions: z.array(version),
    last: reference.optional(),
    lastSuccessful: reference.optional(),
    runs: z.array(summary),
  }),
  'cairn.pipeline-versions/1': z.strictObject({
    pipeline: z.string(),
    versions: z.array(version.extend({ last: reference.optional() }).strict()),
  }),
  'cairn.artifact-list/1': z.strictObject({
    run: z.string(),
    artifacts: z.array(artifact.extend({ step: z.string(), output: z.string() }).strict()),
  }),
  'cairn.artifact/1': artifact
    .extend({
      name: z.string(),
      files: z.array(file),
      madeBy: z.strictObject({ run: z.string(), invocation: z.string(), startedAt: time }).optional(),
    })
    .strict(),
  'cairn.value/1': z.strictObject({ name: z.string(), digest, type: z.string(), value: z.json() }),
  'cairn.export/1': z.strictObject({ name: z.string(), digest, size: z.number().int(), path: z.string() }),
  'cairn.push/1': z.strictObject({
    dryRun: z.boolean(),
    from: z.string(),
    to: z.string(),
    shared: z.array(z.enum(['artifactStore', 'cacheIndex', 'metadataStore'])),
    results: z.strictObject({ copied: z.number(), present: z.number() }),
    objects: z.strictObject({ copied: z.number(), bytes: z.number(), present: z.number() }),
    reports: z.strictObject({ copied: z.number(), present: z.number() }),
    keys: z.strictObject({ added: z.number(), present: z.number(), kept: z.number() }),
    unreachable: z.number(),
    references: z.number(),
    refused: z.array(
      z.strictObject({
        object: z.string(),
        step: z.string().optional(),
        run: z.string().optional(),
        problem: z.string(),
      }),
    ),
  }),
  'cairn.lineage/1': z.strictObject({
    name: z.string(),
    direction: z.enum(['up', 'down']),
    root: digest,
    artifacts: z.array(z.strictObject({ digest, type: z.string(), size: z.number().int() })),
    steps: z.array(
      z.strictObject({
        id: z.string(),
        run: z.string(),
        invocation: z.string(),
        step: z.string(),
        startedAt: time,
        inputs: z.record(z.string(), z.array(digest)),
        outputs: z.record(z.string(), digest),
      }),
    ),
    truncated: z.boolean(),
  }),
} as const
