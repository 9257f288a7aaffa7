/**
 * A connection that notices when nothing comes back. TCP alone may wait a quarter of an hour for the answer of a peer that
 * is gone, and whoever waits for it would wait as long. What waits then fails as with any broken connection. One that breaks
 * while it is lent out and nothing waits on it tells so at its next use, and does not end the process.
 */
import pg from 'pg';

/** `patience`: in milliseconds, asked for each statement; null: for ever. `prepared`: what becomes of a statement's values. */
export function patientClient(patience: () => number | null, prepared: (values: readonly unknown[]) => unknown[] = (values) => [...values]): typeof pg.Client {
  class PatientClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on('error', () => undefined);
    }

    // The overloads of `query` are many; what comes back is watched, whatever was given.
    override query = ((...args: unknown[]): unknown => {
      const [statement, values, ...more] = args;
      const answer = (super.query as (...all: unknown[]) => unknown)(statement, ...(Array.isArray(values) ? [prepared(values), ...more] : args.slice(1)));
      const patienceMs = patience();
      if (!(answer instanceof Promise) || patienceMs === null) return answer;
      const timer = setTimeout(() => {
        (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      }, patienceMs);
      const over = (): void => {
        clearTimeout(timer);
      };
      answer.then(over, over);
      return answer;
    }) as pg.Client['query'];
  }
  return PatientClient;
}
