/**
 * A controller's own connection: it holds an advisory lock, which the server frees the moment that the connection ends, and
 * listens. After a break it is made again, with growing pauses up to a second.
 */
import type pg from 'pg';
import type { Session, SessionOptions } from './engine.ts';
import { patientClient } from './patient-client.ts';
import { CHANNEL } from './postgres-channel.ts';

const PAUSES = [20, 100, 300, 1_000];
/** Shorter than what others wait before they declare a silent controller down: a session that is stuck must not make it silent. */
const PATIENCE_MS = 2_500;
const Client = patientClient(() => PATIENCE_MS);

export function openSession(config: pg.ClientConfig, origin: string, options: SessionOptions): Session {
  let client: pg.Client | null = null,
    closed = false,
    attempts = 0,
    everReady = false,
    timer: NodeJS.Timeout | null = null;
  let tellReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });

  const again = (): void => {
    if (closed || timer !== null) return;
    timer = setTimeout(
      () => {
        timer = null;
        connect();
      },
      PAUSES[Math.min(attempts++, PAUSES.length - 1)],
    );
  };
  const connect = (): void => {
    const mine = new Client({ ...config, application_name: `millrace session ${origin}` });
    let over = false;
    const end = (error: unknown): void => {
      if (over) return;
      over = true;
      if (client === mine) {
        client = null;
        if (!closed) options.lost(error);
      }
      void endOf(mine);
      again();
    };
    mine.on('error', end);
    mine.on('end', () => {
      end(new Error('the session ended'));
    });
    mine.on('notification', ({ payload }) => {
      const [from, ...topics] = JSON.parse(payload ?? '[]') as string[];
      if (from !== origin) options.heard(topics);
    });
    (async () => {
      await mine.connect();
      // Where a session of ours from before still holds the lock, its end is waited for.
      await mine.query('SELECT pg_advisory_lock($1, $2)', [LOCK_SPACE, options.key]);
      await mine.query(`LISTEN ${CHANNEL}`);
      if (closed) return endOf(mine);
      client = mine;
      attempts = 0;
      if (everReady) options.restored();
      everReady = true;
      tellReady();
    })().catch(end);
  };
  connect();

  return {
    ready,
    living: async (keys) => {
      if (client === null) return null;
      const { rows } = await client.query<{ objid: string }>(
        `SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = ANY($2::bigint[])
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [LOCK_SPACE, keys],
      );
      return new Set(rows.map((r) => Number(r.objid)));
    },
    close: async () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      if (client !== null) await endOf(client);
    },
  };
}

/** Says goodbye, and does not wait for a server that does not hear it. */
async function endOf(client: pg.Client): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  const timer = setTimeout(() => {
    stream.destroy();
  }, 500);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

/** The first of the advisory lock's two numbers: ours among those of other programs on the same database. */
const LOCK_SPACE = 1_296_193;
