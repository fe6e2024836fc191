import { z } from 'zod'

import type { SqliteOptions } from './sqlite-options.ts'

/** The schema of both components' options. It is in a module of its own because zod takes long to load. */
export const SQLITE_OPTIONS: z.ZodType<SqliteOptions> = z.strictObject({ path: z.string().min(1).optional() })
