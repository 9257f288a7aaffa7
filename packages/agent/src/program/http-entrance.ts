/** Asks the controllers to have a runner started in a container, until one of them says how that ended. */
import type { Entrance } from '../containers/entrance.ts';
import { failed, OperationError, unsupported } from '../operations/operation.ts';
import { codeOf, messageOf } from './answers.ts';
import type { Backoff } from './backoff.ts';
import type { Connection, HttpAnswer } from './connection.ts';
import { ConnectionError } from './connection.ts';

/** Longer than a controller gives its cloud. */
const IDLE_MS = 90_000;

export class HttpEntrance implements Entrance {
  private readonly connection: Connection;
  private readonly backoff: Backoff;
  private readonly log: (message: string) => void;
  constructor(connection: Connection, backoff: Backoff, log: (message: string) => void) {
    this.connection = connection;
    this.backoff = backoff;
    this.log = log;
  }

  async enter(work: string, container: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const answer = await this.ask(work, container, signal);
      if (answer?.status === 204) return;
      if (answer?.status === 422) throw new OperationError({ code: codeOf(answer.json), message: messageOf(answer.json), type: 'hudson.AbortException' });
      if (answer?.status === 404) throw unsupported('the server does not start steps in other containers; a newer one does');
      if (answer?.status === 410) throw failed('nobody waits for the step any more');
      if (attempt === 3) this.log(`The container ‘${container}’ cannot be entered yet: ${answer === null ? 'no server answers' : messageOf(answer.json)}`);
      await this.backoff.wait(attempt, signal);
    }
  }

  private async ask(work: string, container: string, signal: AbortSignal): Promise<HttpAnswer | null> {
    try {
      return await this.connection.request('POST', `work/${work}/container`, { body: JSON.stringify({ name: container }), signal, idleMs: IDLE_MS });
    } catch (e) {
      if (e instanceof ConnectionError) return null;
      throw e;
    }
  }
}
