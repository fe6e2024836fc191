import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'

import { parseDuration } from '../authoring/duration.ts'
import type { ContentPolicyOptions } from './content-policy.ts'

const JSON_SCHEMA = {
  type: 'object',
  properties: {
    expires: { type: 'string', description: "How long a result may be reused, like '30d'." },
    verify: { type: 'boolean', description: 'Whether the content of results is read again before they are reused.' },
  },
  additionalProperties: false,
}

/** Checks the options of the default policy; a schema library would cost every start its loading time. */
export const CONTENT_OPTIONS: StandardSchemaV1<unknown, ContentPolicyOptions> &
  StandardJSONSchemaV1<unknown, ContentPolicyOptions> = {
  '~standard': {
    version: 1,
    vendor: 'cairn',
    jsonSchema: { input: () => JSON_SCHEMA, output: () => JSON_SCHEMA },
    validate(value) {
      const { expires, verify, ...rest } = value as Readonly<Record<string, unknown>>
      const [unknown] = Object.keys(rest)
      if (unknown !== undefined) return { issues: [{ message: 'there is no such option', path: [unknown] }] }
      const isDuration = typeof expires === 'string' && parseDuration(expires) !== undefined
      if (expires !== undefined && !isDuration) {
        return { issues: [{ message: "expected a duration like '30d'", path: ['expires'] }] }
      }
      if (verify !== undefined && typeof verify !== 'boolean') {
        return { issues: [{ message: 'expected true or false', path: ['verify'] }] }
      }
      return { value: { ...(isDuration ? { expires } : {}), ...(verify === undefined ? {} : { verify }) } }
    },
  },
}
