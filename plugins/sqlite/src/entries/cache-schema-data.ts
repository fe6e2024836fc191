import type { DatabaseSchema } from '../database/database-schema.ts'

/** Version 1. The form of `entry` is that of @keyv/sqlite: `value` holds `{"value":[newest, ..., oldest]}`. */
const TABLES = `
CREATE TABLE entry (
  key VARCHAR(255) NOT NULL,
  value TEXT,
  namespace VARCHAR(255) NOT NULL DEFAULT '',
  expires BIGINT DEFAULT NULL,
  UNIQUE (key, namespace)
);
CREATE INDEX entry_expires_idx ON entry (expires) WHERE expires IS NOT NULL;

CREATE TABLE lease (
  key TEXT PRIMARY KEY,
  fence INTEGER NOT NULL,
  owner TEXT,
  beat INTEGER NOT NULL
) WITHOUT ROWID;
`

/** The tables of `cache.sqlite`. The application id spells "CaiC". */
export const CACHE_SCHEMA: DatabaseSchema = { applicationId: 0x43616943, migrations: [TABLES] }
