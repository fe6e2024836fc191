import { z } from 'zod'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const time = z.number().int().positive()
const count = z.number().int().nonnegative()
const tagged = z.record(z.string(), z.json())
const amount = z.strictObject({ objects: count, bytes: count })
const acceptance = z.strictObject({ from: z.string(), by: z.string(), at: time, reason: z.string().optional() })
const error = z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() })

const change = z.strictObject({
  kind: z.string(),
  label: z.string(),
  name: z.string(),
  way: z.enum(['changed', 'added', 'removed']),
  before: z.string().optional(),
  after: z.string().optional(),
  items: z.array(z.looseObject({ label: z.string(), way: z.string() })).optional(),
  source: z.looseObject({}).optional(),
})
const plan = z.strictObject({
  pipeline: z.string(),
  version: z.number().int().optional(),
  steps: z.array(
    z.strictObject({
      id: z.string(),
      step: z.string(),
      label: z.string(),
      state: z.enum(['reused', 'runs', 'depends', 'skipped']),
      on: z.array(z.string()),
      isConditional: z.boolean().optional(),
      reason: z.string().optional(),
      changes: z.array(change).optional(),
      params: tagged.optional(),
      key: digest.optional(),
      uncacheable: z.string().optional(),
    }),
  ),
})
const explained = z.strictObject({
  id: z.string(),
  step: z.string(),
  label: z.string(),
  status: z.string(),
  decision: z.enum(['reused', 'executed', 'not-cached', 'not-run']),
  reason: z.string().optional(),
  sentence: z.string(),
  clause: z.string(),
  refusal: z.strictObject({ kind: z.string(), remedy: z.string() }).optional(),
  changes: z.array(change.extend({ text: z.string() }).strict()),
  against: z.string().optional(),
  origin: z.looseObject({ run: z.string(), invocation: z.string(), madeAt: time }).optional(),
  key: digest.optional(),
  notices: z.array(z.string()),
})
const entry = z.strictObject({
  id: z.string(),
  kind: z.enum(['reusable', 'run']),
  step: z.string(),
  key: digest.optional(),
  size: count,
  shared: count,
  savesMs: z.number().nonnegative(),
  reuses: count,
  madeAt: time,
  lastUsedAt: time,
  producer: z.strictObject({ user: z.string(), host: z.string() }),
  run: z.strictObject({ id: z.string(), name: z.string(), pipeline: z.string() }),
  accepted: acceptance.optional(),
})
const swept = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  status: z.string(),
  params: tagged,
  stepParams: tagged,
  steps: z.record(z.string(), count),
  metrics: tagged,
  error: error.optional(),
})

/** What the JSON of runs, plans and the cache holds, as docs/json.md says it; nothing else may be in it. */
export const COMMAND_FORMATS = {
  'cairn.version/1': z.strictObject({ cairn: z.string(), node: z.string(), platform: z.string() }),
  'cairn.error/1': z.strictObject({ error }),
  'cairn.init/1': z.strictObject({
    files: z.array(z.strictObject({ path: z.string(), action: z.enum(['write', 'add']) })),
    written: z.boolean(),
    next: z.array(z.string()),
  }),
  'cairn.plan/1': plan,
  'cairn.sweep/1': z.strictObject({
    tag: z.string(),
    pipeline: z.string(),
    metric: z.string().optional(),
    goal: z.enum(['max', 'min']).optional(),
    best: z.string().optional(),
    runs: z.array(swept),
  }),
  'cairn.sweep-plan/1': z.strictObject({
    pipeline: z.string(),
    runs: z.array(z.strictObject({ params: tagged, stepParams: tagged, plan })),
  }),
  'cairn.explanation/1': z.strictObject({
    run: z.string(),
    pipeline: z.string(),
    version: z.number().int(),
    status: z.string(),
    steps: z.array(explained),
  }),
  'cairn.cache-list/1': z.strictObject({ entries: z.array(entry) }),
  'cairn.cache-stats/1': z.strictObject({
    entries: count,
    runResults: count,
    bytes: count,
    unreferenced: amount,
    recent: z.strictObject({
      runs: count,
      steps: z.array(
        z.strictObject({ step: z.string(), hits: count, misses: count, uncached: count, savedMs: z.number() }),
      ),
    }),
  }),
  'cairn.cache-removal/1': z.strictObject({
    dryRun: z.boolean(),
    entries: z.array(entry.extend({ reason: z.enum(['age', 'size', 'count']).optional() }).strict()),
    bytes: count,
    orphans: amount,
    kept: z.strictObject({ entries: count, bytes: count }),
    liveRuns: z.array(z.string()),
    removed: z
      .strictObject({ entries: count, swept: amount.extend({ heldBack: z.json().optional() }).strict() })
      .optional(),
  }),
  'cairn.cache-accept/1': z.strictObject({
    dryRun: z.boolean(),
    accepted: z.array(
      z.strictObject({
        step: z.string(),
        key: digest,
        from: z.strictObject({ entry: z.string(), key: digest, run: entry.shape.run }),
        changes: z.array(change),
      }),
    ),
    reused: z.array(z.string()),
    reason: z.string().optional(),
  }),
  'cairn.verification/1': z.strictObject({
    seed: z.string(),
    reusable: count,
    steps: z.array(
      z.strictObject({
        label: z.string(),
        step: z.string(),
        key: digest,
        run: z.string(),
        state: z.enum(['same', 'differs', 'failed', 'unverifiable']),
        outputs: z.array(z.string()),
        accepted: acceptance.optional(),
        problem: z.string().optional(),
      }),
    ),
  }),
} as const
