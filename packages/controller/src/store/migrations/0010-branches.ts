/** Branches of multibranch jobs, repositories of organization folders, their scans, and what is told to forges. */
import type { Migration } from './migration.ts';

export const branches: Migration = {
  number: 10,
  readableFrom: 1,
  statements: ({ id }) => [
    // Which repositories (or owners, `owner` 1) a multibranch job or organization folder looks at: what an event finds them by.
    `CREATE TABLE scan_addresses (item_id bigint NOT NULL, address text NOT NULL, owner integer NOT NULL, PRIMARY KEY (item_id, address))`,
    `CREATE INDEX scan_addresses_address ON scan_addresses (address)`,

    // One row a multibranch job or organization folder. due_at: of its next scan; it stays until that scan has ended, so that
    // another controller takes up one whose controller died. causes: who asked for it. asked: grows with each request.
    `CREATE TABLE scans (
      item_id bigint PRIMARY KEY, due_at bigint, causes text NOT NULL, asked integer NOT NULL, last_run bigint, last_at bigint)`,
    `CREATE INDEX scans_due ON scans (due_at) WHERE due_at IS NOT NULL`,

    // What happened to one ref of what an item looks at, merged while it waits. asked: grows with each event.
    `CREATE TABLE scan_events (
      item_id bigint NOT NULL, ref text NOT NULL, causes text NOT NULL, asked integer NOT NULL, attempts integer NOT NULL,
      due_at bigint NOT NULL, created_at bigint NOT NULL, PRIMARY KEY (item_id, ref))`,
    `CREATE INDEX scan_events_due ON scan_events (due_at)`,

    // Scans and event looks as they went, the newest of each item. failure: code and message.
    `CREATE TABLE scan_runs (
      id ${id}, item_id bigint NOT NULL, kind text NOT NULL, causes text NOT NULL, state text NOT NULL, failure text,
      started_at bigint NOT NULL, ended_at bigint, bytes bigint NOT NULL)`,
    `CREATE INDEX scan_runs_item ON scan_runs (item_id, id)`,
    `CREATE TABLE scan_logs (run_id bigint NOT NULL, seq integer NOT NULL, text text NOT NULL, PRIMARY KEY (run_id, seq))`,

    // What a scan has found in a repository. item_id: its job; null where it has no Jenkinsfile. revision: JSON of the commits
    // that it stands at; looked: the commit and path that the Jenkinsfile was looked for at; built: those that a build was queued for.
    // due: causes of a build that is to be queued; due_at orders them. facts: a pull request's and a tag's.
    `CREATE TABLE heads (
      id ${id}, parent_id bigint NOT NULL, source integer NOT NULL, name text NOT NULL, kind text NOT NULL, ref text NOT NULL, item_id bigint,
      revision text NOT NULL, looked text, built text, facts text NOT NULL, is_primary integer NOT NULL, due text, due_at bigint, gone_at bigint,
      disabled_here integer NOT NULL)`,
    `CREATE UNIQUE INDEX heads_name ON heads (parent_id, source, name)`,
    `CREATE UNIQUE INDEX heads_item ON heads (item_id)`,
    `CREATE INDEX heads_ref ON heads (parent_id, ref)`,
    `CREATE INDEX heads_due ON heads (parent_id, due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX heads_gone ON heads (parent_id, gone_at) WHERE gone_at IS NOT NULL`,

    // Repositories of an organization folder. marker: as the forge says it stands; the same one is not looked at again.
    `CREATE TABLE repositories (
      parent_id bigint NOT NULL, name text NOT NULL, marker text, item_id bigint, gone_at bigint, disabled_here integer NOT NULL,
      PRIMARY KEY (parent_id, name))`,
    `CREATE UNIQUE INDEX repositories_item ON repositories (item_id)`,

    // What forges have answered, with its ETag: asked again, what has not changed costs nothing of a rate limit.
    `CREATE TABLE forge_answers (key text PRIMARY KEY, etag text NOT NULL, answer text NOT NULL, used_at bigint NOT NULL)`,
    `CREATE INDEX forge_answers_used ON forge_answers (used_at)`,

    // The newest state of a commit in a context, until its forge has it. key: of target, commit and context. asked: grows
    // with each state. failure: why it was not taken at the last attempt.
    `CREATE TABLE commit_statuses (
      key text PRIMARY KEY, build_id bigint NOT NULL, item_id bigint NOT NULL, target text NOT NULL, commit_hash text NOT NULL, context text NOT NULL,
      state text NOT NULL, description text NOT NULL, url text NOT NULL, asked integer NOT NULL, attempts integer NOT NULL, due_at bigint NOT NULL,
      created_at bigint NOT NULL, failure text)`,
    `CREATE INDEX commit_statuses_due ON commit_statuses (due_at)`,
    `CREATE INDEX commit_statuses_item ON commit_statuses (item_id)`,
  ],
};
