/** The tables of a project file, and how older files become newer ones. */
import { projectError } from './failures.ts';
import type { Connection } from './sqlite.ts';

/** "ARTF": what tells a project from any other SQLite file. */
export const APPLICATION_ID = 0x41525446;

export interface Migration {
  /** The version that a file has after this. */
  version: number;
  /** Empty where the tables stay as they are, and only what records may say has grown. */
  sql: string;
}

/** Only ever appended to. Version 1 is the first layout. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      -- The records of the main branch as they are now: what replaying its changes gives, kept to open quickly.
      CREATE TABLE records (id TEXT PRIMARY KEY, type TEXT NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE branches (
        name TEXT PRIMARY KEY,
        parent TEXT REFERENCES branches (name),
        fork_sequence INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'merged', 'dropped')),
        author_kind TEXT NOT NULL,
        author_name TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;

      -- Append-only, but that a step still being made (a slider being dragged) takes the place of its beginning.
      CREATE TABLE changes (
        sequence INTEGER PRIMARY KEY,
        branch TEXT NOT NULL REFERENCES branches (name),
        label TEXT NOT NULL,
        author_kind TEXT NOT NULL,
        author_name TEXT NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo')),
        of_sequence INTEGER,
        coalesce_key TEXT,
        replaces INTEGER,
        records INTEGER NOT NULL,
        encoding INTEGER NOT NULL,  -- 0: JSON text, 1: deflated JSON
        diffs BLOB NOT NULL,
        -- SHA-256 of all of the above: SQLite itself doesn't notice when bytes inside a row rot.
        checksum BLOB NOT NULL
      ) STRICT;
      CREATE INDEX changes_of_branch ON changes (branch, sequence);

      -- Bytes by their SHA-256, in chunks, so that nothing large is ever read or written in one go.
      CREATE TABLE blobs (
        id INTEGER PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        complete INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        last_used INTEGER NOT NULL,
        pinned INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE blob_chunks (
        blob INTEGER NOT NULL REFERENCES blobs (id),
        chunk INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (blob, chunk)
      ) STRICT;

      -- Original imported files. The reference keeps their bytes from being dropped with the cache.
      CREATE TABLE sources (
        hash TEXT PRIMARY KEY REFERENCES blobs (hash),
        file_name TEXT NOT NULL,
        added_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE derived (
        key TEXT PRIMARY KEY, encoding INTEGER NOT NULL, value BLOB NOT NULL, at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE results (
        input_hash TEXT PRIMARY KEY,
        study_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        summary TEXT NOT NULL,
        fields_hash TEXT
      ) STRICT;
      CREATE INDEX results_of_study ON results (study_id, created_at);
      CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE thumbnails (name TEXT PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
      CREATE TABLE messages (id TEXT PRIMARY KEY, at INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
      CREATE INDEX messages_by_time ON messages (at);
    `,
  },
  // Parts have histories: steps, variables, configurations, scripts. A version that does not know them would drop them from
  // records that it edits, so it has to open such a project read-only.
  { version: 2, sql: '' },
  // Groups of parts, and studies of them: a version that does not know them cannot read these records.
  { version: 3, sql: '' },
];

export const latestVersion = (migrations: readonly Migration[] = MIGRATIONS): number =>
  Math.max(...migrations.map((migration) => migration.version));

/**
 * Is this a project, and of which version?
 * @throws ArtificerError `project.not-a-project`
 */
export function readVersion(connection: Connection): number {
  const applicationId = connection.pragma<number>('application_id');
  if (applicationId !== APPLICATION_ID) {
    throw projectError('not-a-project', 'This is a database of another program, not an Artificer project.', {
      cause: `application_id ${applicationId}`,
    });
  }
  return connection.pragma<number>('user_version');
}

/** Brings an empty or older file to the latest version, in one transaction: a crash leaves it as it was. */
export function migrate(connection: Connection, from: number, migrations: readonly Migration[] = MIGRATIONS): void {
  connection.transaction(() => {
    for (const migration of migrations) {
      if (migration.version <= from || migration.sql === '') continue;
      connection.execute(migration.sql);
    }
    connection.pragma(`application_id = ${APPLICATION_ID}`);
    connection.pragma(`user_version = ${latestVersion(migrations)}`);
  });
}

/** Are the tables of a file of this version other than those of the latest? If not, it can be read as it is. */
export const changesTables = (from: number, migrations: readonly Migration[] = MIGRATIONS): boolean =>
  migrations.some(({ version, sql }) => version > from && sql !== '');
