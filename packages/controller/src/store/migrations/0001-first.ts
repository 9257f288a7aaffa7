/** The first schema. What a column means is told here, beside it. */
import type { Migration } from './migration.ts';

export const first: Migration = {
  number: 1,
  readableFrom: 1,
  statements: ({ id, bytes }) => [
    // Facts of the whole installation.
    `CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL)`,

    // One row a controller's incarnation: a process that starts anew, or was declared down, gets another id.
    // lock_key: the advisory lock that its liveness session holds. write_token: of its last committed transaction.
    `CREATE TABLE controllers (
      id text PRIMARY KEY, name text NOT NULL, url text, labels text NOT NULL, version text NOT NULL, state text NOT NULL,
      lock_key bigint NOT NULL, write_token bigint NOT NULL, started_at bigint NOT NULL, seen_at bigint NOT NULL)`,
    `CREATE INDEX controllers_state ON controllers (state)`,

    // Named leases: they live as long as their holder's row is up. fence grows with each new holder.
    `CREATE TABLE duties (name text PRIMARY KEY, holder text, fence bigint NOT NULL, since bigint NOT NULL)`,

    // Folders and jobs. config: what the user said; properties: what the pipeline's own properties() and options said.
    `CREATE TABLE items (
      id ${id}, parent_id bigint, kind text NOT NULL, name text NOT NULL, full_name text NOT NULL, description text NOT NULL,
      disabled integer NOT NULL, config text NOT NULL, properties text NOT NULL, next_number integer NOT NULL,
      revision integer NOT NULL, deleted integer NOT NULL DEFAULT 0, created_at bigint NOT NULL, updated_at bigint NOT NULL)`,
    `CREATE UNIQUE INDEX items_full_name ON items (full_name)`,
    `CREATE INDEX items_parent ON items (parent_id, name)`,

    // A build is written when its trigger is accepted; id is the queue item's number, number is given at its start.
    // origin: what it runs in place of the job's own definition (replay, restart from a stage).
    // epoch: grows with each owner. crashes: how often its program took its worker down. abort: who asked for it.
    // parked: it waits for something that will wake it (wake_at: a time), and no controller holds it in memory.
    // facts: display name, description, test summary, …; record: where its ended journal, log and tree are.
    `CREATE TABLE builds (
      id ${id}, item_id bigint NOT NULL, job text NOT NULL, number integer, state text NOT NULL, result text, priority integer NOT NULL,
      causes text NOT NULL, parameters text NOT NULL, origin text NOT NULL, queued_at bigint NOT NULL, quiet_until bigint NOT NULL,
      started_at bigint, ended_at bigint, owner text, epoch integer NOT NULL, crashes integer NOT NULL, parked integer NOT NULL,
      wake_at bigint, abort text, facts text NOT NULL, kept integer NOT NULL, why text, timeline text NOT NULL, record text,
      log_bytes bigint NOT NULL)`,
    `CREATE UNIQUE INDEX builds_number ON builds (item_id, number)`,
    `CREATE INDEX builds_item ON builds (item_id, id)`,
    // Whatever is kept of builds that have ended costs those that are open nothing.
    `CREATE INDEX builds_queued ON builds (id) WHERE state = 'queued'`,
    `CREATE INDEX builds_running ON builds (owner, parked) WHERE state = 'running'`,
    `CREATE INDEX builds_parked ON builds (wake_at) WHERE state = 'running' AND parked = 1`,
    `CREATE INDEX builds_aborted ON builds (id) WHERE state = 'running' AND abort IS NOT NULL`,
    `CREATE INDEX builds_result ON builds (item_id, result, number)`,
    `CREATE INDEX builds_ended ON builds (item_id, ended_at) WHERE state = 'ended'`,

    // One row a flush of a running build: its journal's lines, the log's records and text, the tree's events.
    // log_at: the byte of the whole log that its text begins at.
    `CREATE TABLE build_chunks (
      build_id bigint NOT NULL, seq integer NOT NULL, journal text NOT NULL, records text NOT NULL, tree text NOT NULL, log text,
      log_at bigint NOT NULL, PRIMARY KEY (build_id, seq))`,
    `CREATE INDEX build_chunks_log ON build_chunks (build_id, log_at)`,

    // An executor that a build asked for, waits for, or holds. The row goes when it is given back. id: <build>.<ask>.
    `CREATE TABLE leases (
      id text PRIMARY KEY, build_id bigint NOT NULL, ask_id text NOT NULL, item_id bigint NOT NULL, job text NOT NULL, label text,
      state text NOT NULL, priority integer NOT NULL, since bigint NOT NULL, node_id bigint, executor integer, workspace text,
      granted_at bigint, why text, timeline text NOT NULL)`,
    `CREATE INDEX leases_build ON leases (build_id)`,
    `CREATE UNIQUE INDEX leases_executor ON leases (node_id, executor) WHERE state = 'held'`,

    // Workspaces on nodes; lease: who uses it now; ask_id: of a `ws` step, null for the lease's own.
    `CREATE TABLE workspaces (
      node_id bigint NOT NULL, path text NOT NULL, item_id bigint NOT NULL, lease text, ask_id text,
      used_at bigint NOT NULL, PRIMARY KEY (node_id, path))`,
    `CREATE INDEX workspaces_lease ON workspaces (lease)`,
    `CREATE INDEX workspaces_item ON workspaces (item_id, used_at)`,

    // lease: the one request that a cloud's one-build node is for. offline: temporarily, by whom and why.
    // disconnected: told to go away. session: of the agent's connection; instance: of its process.
    `CREATE TABLE nodes (
      id ${id}, name text NOT NULL, kind text NOT NULL, description text NOT NULL, labels text NOT NULL, executors integer NOT NULL,
      mode text NOT NULL, root text, env text NOT NULL, secret_hash text NOT NULL, cloud text, cloud_ref text, lease text,
      retention text NOT NULL, offline text, disconnected text, instance text, session text, seen_at bigint, connected_at bigint,
      facts text NOT NULL, monitors text NOT NULL, idle_since bigint, revision integer NOT NULL, created_at bigint NOT NULL)`,
    `CREATE UNIQUE INDEX nodes_name ON nodes (name)`,

    // What agents have to do: rows go when the build has the result in its journal. request and result: sealed, since they may hold secrets.
    // taken_by: the disk of the agent that it was made for; a task that began is on it, or is lost with it.
    `CREATE TABLE work (
      id text PRIMARY KEY, build_id bigint NOT NULL, ask_id text NOT NULL, node_id bigint NOT NULL, kind text NOT NULL,
      request text NOT NULL, cancel text, result text, taken_by text, created_at bigint NOT NULL)`,
    `CREATE INDEX work_node ON work (node_id)`,
    `CREATE INDEX work_build ON work (build_id)`,

    `CREATE TABLE inputs (
      build_id bigint NOT NULL, ask_id text NOT NULL, input_id text NOT NULL, request text NOT NULL, state text NOT NULL, answer text,
      by_user text, created_at bigint NOT NULL, PRIMARY KEY (build_id, ask_id))`,

    // What can be locked, and who locks or waits. id of a lock: <build>.<ask>.
    `CREATE TABLE resources (
      name text PRIMARY KEY, labels text NOT NULL, description text NOT NULL, ephemeral integer NOT NULL, reserved_by text,
      note text NOT NULL, properties text NOT NULL)`,
    `CREATE TABLE locks (
      id text PRIMARY KEY, build_id bigint NOT NULL, ask_id text NOT NULL, request text NOT NULL, state text NOT NULL,
      resources text NOT NULL, since bigint NOT NULL)`,
    `CREATE INDEX locks_build ON locks (build_id)`,

    // The last build that passed a milestone of a job, and where each running build stands.
    `CREATE TABLE milestones (
      item_id bigint NOT NULL, build_id bigint NOT NULL, number integer NOT NULL, ordinal integer NOT NULL, PRIMARY KEY (item_id, build_id))`,

    // The build step: which ask of which build started which other.
    `CREATE TABLE downstream (
      build_id bigint NOT NULL, ask_id text NOT NULL, downstream_id bigint NOT NULL, wait integer NOT NULL, PRIMARY KEY (build_id, ask_id))`,
    `CREATE INDEX downstream_of ON downstream (downstream_id)`,

    `CREATE TABLE artifacts (
      build_id bigint NOT NULL, path text NOT NULL, size bigint NOT NULL, blob text NOT NULL, md5 text NOT NULL, sha256 text NOT NULL,
      fingerprint integer NOT NULL, PRIMARY KEY (build_id, path))`,
    `CREATE INDEX artifacts_md5 ON artifacts (md5) WHERE fingerprint = 1`,
    `CREATE TABLE stashes (
      build_id bigint NOT NULL, item_id bigint NOT NULL, name text NOT NULL, blob text NOT NULL, size bigint NOT NULL, sha256 text NOT NULL,
      files integer NOT NULL, PRIMARY KEY (build_id, name))`,
    `CREATE INDEX stashes_item ON stashes (item_id, build_id)`,

    // Test results. test_key: class and name, for its history over builds. detail: message, stack trace, output, where it failed.
    `CREATE TABLE tests (
      build_id bigint NOT NULL, item_id bigint NOT NULL, number integer NOT NULL, seq integer NOT NULL, suite text NOT NULL, test_key text NOT NULL,
      class_name text NOT NULL, name text NOT NULL, status text NOT NULL, seconds double precision NOT NULL, detail text,
      PRIMARY KEY (build_id, seq))`,
    `CREATE INDEX tests_history ON tests (item_id, test_key, number)`,
    `CREATE TABLE published (
      build_id bigint NOT NULL, ask_id text NOT NULL, type text NOT NULL, name text NOT NULL, data text NOT NULL, files text NOT NULL,
      PRIMARY KEY (build_id, ask_id))`,

    // Blobs where the database keeps them.
    `CREATE TABLE blobs (key text PRIMARY KEY, size bigint NOT NULL, sha256 text NOT NULL, created_at bigint NOT NULL)`,
    `CREATE TABLE blob_parts (key text NOT NULL, part integer NOT NULL, data ${bytes} NOT NULL, PRIMARY KEY (key, part))`,

    // password: hashed. role: on everything; grants: below a folder or on a job (scope: its full name).
    `CREATE TABLE users (
      id text PRIMARY KEY, full_name text NOT NULL, email text, password text, role text, disabled integer NOT NULL,
      must_change integer NOT NULL, created_at bigint NOT NULL, revision integer NOT NULL)`,
    `CREATE TABLE grants (user_id text NOT NULL, scope text NOT NULL, role text NOT NULL, PRIMARY KEY (user_id, scope))`,
    `CREATE TABLE sessions (
      hash text PRIMARY KEY, user_id text NOT NULL, csrf text NOT NULL, created_at bigint NOT NULL, used_at bigint NOT NULL,
      expires_at bigint NOT NULL)`,
    `CREATE INDEX sessions_user ON sessions (user_id)`,
    `CREATE TABLE tokens (
      id text PRIMARY KEY, user_id text NOT NULL, name text NOT NULL, hash text NOT NULL, scopes text NOT NULL, created_at bigint NOT NULL,
      expires_at bigint, used_at bigint)`,
    `CREATE UNIQUE INDEX tokens_hash ON tokens (hash)`,
    // Failed logins by user or address, for throttling across controllers.
    `CREATE TABLE login_failures (subject text PRIMARY KEY, at bigint NOT NULL, count integer NOT NULL)`,
    `CREATE TABLE audit (
      id ${id}, at bigint NOT NULL, user_id text, address text, action text NOT NULL, subject text NOT NULL, detail text NOT NULL)`,
    `CREATE INDEX audit_at ON audit (at)`,

    // Categories of throttled builds.
    `CREATE TABLE throttles (name text PRIMARY KEY, max_total integer NOT NULL, max_per_node integer NOT NULL)`,
  ],
};
