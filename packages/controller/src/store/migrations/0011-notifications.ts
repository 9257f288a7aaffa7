/** Messages that are on their way to people. */
import type { Migration } from './migration.ts';

export const notifications: Migration = {
  number: 11,
  readableFrom: 1,
  statements: ({ id }) => [
    // The outbox (notifications/sender.ts). key: what it is sent for, once: an ask of a build, a build's end and a rule.
    // channel: its name in the configuration, or the kind where a step brings its own access. target: to whom, as it is shown.
    // content: sealed JSON (notifications/message.ts). blobs: of its attachments, JSON. state: waiting → sending → sent, skipped or failed; sending → waiting
    // after a try that failed. claim: of the controller's try that is under way. not_before: when it is due; of one that is
    // being sent: when that try is over for certain.
    `CREATE TABLE notifications (
      id ${id}, key text NOT NULL, channel text NOT NULL, kind text NOT NULL, target text NOT NULL, title text NOT NULL,
      job text, build_id bigint, number integer, content text NOT NULL, blobs text NOT NULL, state text NOT NULL, tries integer NOT NULL,
      claim text, not_before bigint NOT NULL, created_at bigint NOT NULL, asked_at bigint NOT NULL, tried_at bigint, ended_at bigint, error text)`,
    `CREATE UNIQUE INDEX notifications_key ON notifications (key)`,
    `CREATE INDEX notifications_due ON notifications (not_before, id) WHERE state IN ('waiting', 'sending')`,
    `CREATE INDEX notifications_tried ON notifications (channel, tried_at)`,
    `CREATE INDEX notifications_ended ON notifications (ended_at) WHERE ended_at IS NOT NULL`,
    `CREATE INDEX notifications_state ON notifications (state, id)`,
  ],
};
