import type { DatabaseSchema } from '../database/database-schema.ts'

/**
 * Version 1. Text that repeats in every step run (run ids, invocations, step names) is stored once, as a symbol.
 * `step_run` has no index that grows at random positions: with one, the cost of a row grows with their number. So there
 * is none on the invocation alone; the statistics at the end, which `ANALYZE` would write for many runs of many steps,
 * let SQLite skip from run to run in `step_run_by_run` instead of reading every row.
 */
const TABLES = `
CREATE TABLE symbol (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE pipeline (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  data TEXT
);
CREATE INDEX pipeline_by_name ON pipeline (name);
CREATE INDEX pipeline_by_creation ON pipeline (created_at);

CREATE TABLE pipeline_version (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  pipeline TEXT NOT NULL,
  version INTEGER NOT NULL,
  structure TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  data TEXT,
  UNIQUE (pipeline, version),
  UNIQUE (pipeline, structure)
);
CREATE INDEX pipeline_version_by_creation ON pipeline_version (created_at);

CREATE TABLE run (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  pipeline TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  data TEXT
);
CREATE INDEX run_by_start ON run (started_at);
CREATE INDEX run_by_pipeline ON run (pipeline, started_at);
CREATE INDEX run_by_status ON run (status, started_at);

CREATE TABLE step_run (
  seq INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES symbol,
  invocation INTEGER NOT NULL REFERENCES symbol,
  revision INTEGER NOT NULL,
  step INTEGER NOT NULL REFERENCES symbol,
  position INTEGER NOT NULL,
  status TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  key BLOB,
  entry TEXT,
  origin_run INTEGER REFERENCES symbol,
  origin_invocation INTEGER REFERENCES symbol,
  data TEXT
);
CREATE UNIQUE INDEX step_run_by_run ON step_run (run, invocation);
CREATE INDEX step_run_by_position ON step_run (run, position);

CREATE TABLE key_tree (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX key_tree_by_creation ON key_tree (created_at);

CREATE TABLE change (sequence INTEGER PRIMARY KEY AUTOINCREMENT, notices TEXT NOT NULL);

CREATE VIEW step_run_text AS
SELECT
  r.text || '.' || i.text AS id, r.text AS run, i.text AS invocation, n.text AS step, s.position, s.status,
  s.started_at, s.ended_at, iif(typeof(s.key) = 'blob', lower(hex(s.key)), s.key) AS key, s.entry,
  o.text || '.' || p.text AS origin, s.revision, s.data
FROM step_run s
JOIN symbol r ON r.id = s.run
JOIN symbol i ON i.id = s.invocation
JOIN symbol n ON n.id = s.step
LEFT JOIN symbol o ON o.id = s.origin_run
LEFT JOIN symbol p ON p.id = s.origin_invocation;

ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('step_run', 'step_run_by_run', '1000000 1000 1'),
  ('step_run', 'step_run_by_position', '1000000 1000 1');
ANALYZE sqlite_schema;
`

/**
 * Version 2. By `entry_of` the entries of a step are found, newest first. The index has rows of executed step runs
 * only, each of which cost a thousand times more than its place in it.
 */
const ENTRIES_BY_STEP = `
ALTER TABLE step_run ADD COLUMN entry_of INTEGER REFERENCES symbol;
UPDATE step_run SET entry_of = step WHERE status = 'completed' AND entry IS NOT NULL;
CREATE INDEX step_run_by_entry ON step_run (entry_of) WHERE entry_of IS NOT NULL;
`

/**
 * Version 3. By their facts runs are found by tag, parameter and metric, and step runs by the artifacts that they read
 * or made. Runs have few facts each; step runs have artifacts only where they executed. Of earlier runs no metrics are
 * known.
 */
const FACTS = `
CREATE TABLE run_fact (
  owner INTEGER NOT NULL,
  fact INTEGER NOT NULL REFERENCES symbol,
  fact_value NOT NULL,
  PRIMARY KEY (owner, fact, fact_value)
) WITHOUT ROWID;
CREATE INDEX run_fact_by_value ON run_fact (fact, fact_value, owner);
CREATE TABLE step_run_artifact (
  owner INTEGER NOT NULL,
  fact_value NOT NULL,
  PRIMARY KEY (owner, fact_value)
) WITHOUT ROWID;
CREATE INDEX step_run_artifact_by_digest ON step_run_artifact (fact_value, owner);

CREATE TEMP TABLE found (owner, name, value);
INSERT INTO found SELECT seq, 'tag', t.value FROM run, json_each(data, '$.tags') t;
INSERT INTO found SELECT seq, 'durationMs', CAST(ended_at - started_at AS REAL) FROM run WHERE ended_at IS NOT NULL;
INSERT INTO found
  SELECT seq, substr(p.fullkey, 3), CASE p.type
    WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'text' THEN p.value ELSE CAST(p.value AS REAL) END
  FROM run, json_tree(data, '$.params') p
  WHERE p.type IN ('true', 'false', 'text', 'integer', 'real') AND p.fullkey NOT LIKE '%$%$%'
    AND p.fullkey NOT LIKE '%[%' AND p.fullkey NOT LIKE '%"%';
INSERT OR IGNORE INTO symbol (text) SELECT DISTINCT name FROM found;
INSERT OR IGNORE INTO run_fact
  SELECT owner, (SELECT id FROM symbol WHERE text = name), value FROM found
  WHERE typeof(value) <> 'text' OR length(value) <= 500;
DROP TABLE found;
INSERT OR IGNORE INTO step_run_artifact
  SELECT seq, unhex(a.value) FROM step_run, json_tree(data) a
  WHERE a.key = 'digest' AND length(unhex(a.value)) = 32
    AND (a.fullkey LIKE '$.outputs%' OR a.fullkey LIKE '$.inputs%');
`

/** The tables of `metadata.sqlite`. The application id spells "CaiM". */
export const METADATA_SCHEMA: DatabaseSchema = {
  applicationId: 0x4361694d,
  migrations: [TABLES, ENTRIES_BY_STEP, FACTS],
}
