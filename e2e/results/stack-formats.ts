import { z } from 'zod'

const port = z.enum(['orchestrator', 'artifactStore', 'metadataStore', 'cachePolicy', 'cacheIndex', 'provenance'])
const source = z.enum(['option', 'environment', 'set', 'project', 'default'])
const problem = z.looseObject({ code: z.string(), message: z.string() })
const component = z.strictObject({
  port,
  use: z.string(),
  plugin: z.string().optional(),
  type: z.string().optional(),
  at: z.string().optional(),
  state: z.enum(['valid', 'invalid', 'unchecked']),
  problem: problem.optional(),
})
const supplied = z.strictObject({ use: z.string(), plugin: z.string(), type: z.string() })
const written = z.strictObject({
  name: z.string(),
  file: z.string(),
  components: z.array(component),
  set: z.boolean(),
  notices: z.array(z.string()),
})
const choice = z.strictObject({ name: z.string(), source, reason: z.string() })

/** What the JSON of stacks and their components holds, as docs/json.md says it; nothing else may be in it. */
export const STACK_FORMATS = {
  'cairn.component-list/1': z.strictObject({ port, components: z.array(supplied) }),
  'cairn.component-describe/1': supplied
    .extend({
      port,
      options: z.looseObject({}).optional(),
      settings: z.looseObject({}).optional(),
      provides: z.array(z.string()),
      requires: z.partialRecord(port, z.array(z.string())),
    })
    .strict(),
  'cairn.stack-list/1': z.strictObject({
    active: choice,
    stacks: z.array(
      z.strictObject({
        name: z.string(),
        active: z.boolean(),
        file: z.string().optional(),
        components: z.record(z.string(), z.string()).optional(),
        problem: z.string().optional(),
      }),
    ),
  }),
  'cairn.stack-get/1': choice.extend({ file: z.string().optional() }).strict(),
  'cairn.stack-set/1': z.strictObject({
    name: z.string(),
    file: z.string().optional(),
    used: z.looseObject({ name: z.string(), source }),
    notices: z.array(z.string()),
    components: z.array(component),
  }),
  'cairn.stack-describe/1': z.strictObject({
    name: z.string(),
    file: z.string().optional(),
    components: z.array(z.looseObject({ port, use: z.string(), options: z.looseObject({}) })),
  }),
  'cairn.stack-validate/1': z.strictObject({
    name: z.string(),
    file: z.string().optional(),
    valid: z.boolean(),
    components: z.array(component),
  }),
  'cairn.stack-register/1': written,
  'cairn.stack-update/1': written,
  'cairn.stack-remove-component/1': written,
  'cairn.stack-import/1': written,
  'cairn.stack-copy/1': z.strictObject({ name: z.string(), from: z.string(), file: z.string() }),
  'cairn.stack-rename/1': z.strictObject({
    name: z.string(),
    before: z.string(),
    file: z.string(),
    extended: z.array(z.string()),
    notices: z.array(z.string()),
  }),
  'cairn.stack-export/1': z.strictObject({ name: z.string(), file: z.string().optional(), stack: z.looseObject({}) }),
  'cairn.stack-delete/1': z.strictObject({ name: z.string(), file: z.string().optional(), deleted: z.boolean() }),
  'cairn.doctor/1': z.strictObject({
    healthy: z.boolean(),
    findings: z.array(
      z.strictObject({
        about: z.string(),
        state: z.enum(['ok', 'bad', 'unchecked']),
        text: z.string(),
        hint: z.string().optional(),
      }),
    ),
  }),
} as const
