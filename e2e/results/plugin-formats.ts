import { z } from 'zod'

const component = { port: z.string(), type: z.string() }
const plugin = {
  name: z.string(),
  version: z.string().optional(),
  components: z.array(z.strictObject({ ...component, use: z.string() })),
}

const shown = z.strictObject({
  ...plugin,
  components: z.array(
    z.strictObject({
      ...component,
      use: z.string(),
      options: z.looseObject({}).optional(),
      settings: z.looseObject({}).optional(),
      line: z.string(),
    }),
  ),
  faults: z.array(z.strictObject({ stack: z.string(), message: z.string() })),
})

/** What the JSON of plugins holds, as docs/json.md says it; nothing else may be in it. */
export const PLUGIN_FORMATS = {
  'cairn.create/1': z.strictObject({
    kind: z.enum(['project', 'plugin']),
    folder: z.string(),
    name: z.string(),
    files: z.array(z.string()),
    next: z.array(z.string()),
  }),
  'cairn.plugin-list/1': z.strictObject({
    stack: z.string(),
    plugins: z.array(
      z.strictObject({
        ...plugin,
        peer: z.string().optional(),
        problem: z.string().optional(),
        used: z.boolean(),
        own: z.boolean(),
      }),
    ),
  }),
  'cairn.plugin-show/1': z.strictObject({ plugins: z.array(shown) }),
  'cairn.plugin-add/1': z.strictObject({ plugins: z.array(shown) }),
  'cairn.plugin-plan/1': z.strictObject({ commands: z.array(z.array(z.string())) }),
  'cairn.plugin-remove/1': z.strictObject({ removed: z.array(z.string()) }),
  'cairn.plugin-check/1': z.strictObject({
    plugin: z.string(),
    passed: z.boolean(),
    components: z.array(
      z.strictObject({
        ...component,
        sections: z.array(
          z.strictObject({
            title: z.string(),
            passed: z.number().int().nonnegative(),
            failed: z.array(z.strictObject({ test: z.string(), problem: z.string() })),
            leftOut: z.array(z.strictObject({ test: z.string(), reason: z.string() })),
          }),
        ),
        skipped: z.array(z.strictObject({ title: z.string(), reason: z.string() })),
      }),
    ),
  }),
} as const
