import type { StandardSchemaV1 } from '@standard-schema/spec'

import { parseDuration } from '../authoring/duration.ts'
import type { ContentPolicyOptions } from './content-policy.ts'

/** Checks the options of the default policy; a schema library would cost every start its loading time. */
export const CONTENT_OPTIONS: StandardSchemaV1<unknown, ContentPolicyOptions> = {
  '~standard': {
    version: 1,
    vendor: 'cairn',
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
