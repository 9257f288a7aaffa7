/**
 * Hands over what one piece of work prints, and its result after all of it. Nothing is kept in memory while no server
 * answers: a piece that did not get through is read again from the file, from where the server is. Bytes arrive once since
 * they are counted; the result is sent until it is acknowledged.
 *
 * `gone`: the server no longer wants the work (410).
 */
import type { WorkResult } from '@millrace/protocol';
import { MAX_OUTPUT_PIECE } from '@millrace/protocol/agent/version';
import type { BytePiece, OutputSource } from '../tasks/output-reader.ts';
import { OutputReader } from '../tasks/output-reader.ts';
import { countOf, fieldsOf } from './answers.ts';
import type { Backoff } from './backoff.ts';
import type { Connection, HttpAnswer } from './connection.ts';
import { ConnectionError } from './connection.ts';

export interface Progress {
  /** The result, once there is one; all output is written then. */
  result(): WorkResult | null;
  /** Resolves when something may have changed, at the latest after the time. */
  changed(ms: number): Promise<void>;
}

/** How soon output is looked for again, and how long an unfinished line is kept back. */
/** The last piece goes with the result where it is no longer than that. */
const TAIL = 64 << 10;
const SOON_MS = 10,
  LATE_MS = 250,
  PARTIAL_LINE_MS = 1_000;

export class Outbox {
  private readonly id: string;
  private readonly connection: Connection;
  private readonly backoff: Backoff;
  private readonly signal: AbortSignal;
  private readonly masks: readonly string[];

  /** `masks`: beside those of what it hands over. */
  constructor(id: string, connection: Connection, backoff: Backoff, signal: AbortSignal, masks: readonly string[] = []) {
    this.id = id;
    this.masks = masks;
    this.connection = connection;
    this.backoff = backoff;
    this.signal = signal;
  }

  /** Rejects only for an error of this machine. */
  async run({ masks, ...output }: OutputSource, cursor: number, progress: Progress): Promise<'done' | 'gone' | 'stopped'> {
    const source = { ...output, masks: [...masks, ...this.masks] };
    let reader = new OutputReader(source, cursor);
    let delay = SOON_MS,
      failures = 0,
      lastOutput = Date.now();
    try {
      while (!this.signal.aborted) {
        // Looked at before the reading, so that nothing is missed.
        const result = progress.result();
        const sent = await this.sendNext(reader, result, Date.now() - lastOutput > PARTIAL_LINE_MS);
        if (sent === 'gone' || sent === 'done') return sent;
        if (sent === null) {
          await progress.changed(delay);
          delay = Math.min(delay * 1.5, LATE_MS);
          continue;
        }
        if (!sent.accepted) {
          reader.close();
          reader = new OutputReader(source, sent.next);
        }
        failures = sent.accepted ? 0 : failures + 1;
        // Not after the first jump: most often an acknowledgement was lost. A server that never agrees is not asked in a circle.
        if (sent.failed || failures > 2) await this.backoff.wait(failures, this.signal);
        delay = SOON_MS;
        lastOutput = Date.now();
      }
      return 'stopped';
    } finally {
      reader.close();
    }
  }

  /** Sends a piece, or the result where none is left. null: there is nothing to send. No piece outlives this call, so that waiting costs no memory. */
  private async sendNext(reader: OutputReader, result: WorkResult | null, quiet: boolean): Promise<Sent | 'gone' | 'done' | null> {
    const piece = reader.next(MAX_OUTPUT_PIECE) ?? (result !== null ? reader.last() : quiet ? reader.partial() : null);
    if (piece === null && result === null) return null;
    if (piece !== null && result !== null && piece.bytes.length <= TAIL && reader.atEnd) return this.sendResult(result, piece);
    const answer =
      piece === null
        ? await this.post('result', { body: JSON.stringify(result) })
        : await this.post(`output?from=${piece.from}&to=${piece.to}`, { body: piece.bytes, type: 'text/plain; charset=utf-8' });
    if (answer?.status === 410) return 'gone';
    const here = piece?.from ?? reader.position;
    if (answer?.status === 204 || answer?.status === 200) return piece === null ? 'done' : { next: piece.to, accepted: true, failed: false };
    const cursor = answer?.status === 409 ? countOf(fieldsOf(answer.json)['cursor']) : null;
    return { next: cursor ?? here, accepted: false, failed: cursor === null || cursor === here };
  }

  /** A short task's output and its result are one request, and one write on the server. */
  private async sendResult(result: WorkResult, { from, to, bytes }: BytePiece): Promise<Sent | 'gone' | 'done'> {
    const answer = await this.post('result', {
      body: JSON.stringify({ ...result, tail: { from, to, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) } }),
    });
    if (answer?.status === 410) return 'gone';
    if (answer?.status === 204 || answer?.status === 200) return 'done';
    const cursor = answer?.status === 409 ? countOf(fieldsOf(answer.json)['cursor']) : null;
    return { next: cursor ?? from, accepted: false, failed: cursor === null || cursor === from };
  }

  /** null: no answer came. */
  private async post(what: string, content: { readonly body: Uint8Array | string; readonly type?: string }): Promise<HttpAnswer | null> {
    try {
      return await this.connection.request('POST', `work/${this.id}/${what}`, { ...content, signal: this.signal });
    } catch (e) {
      if (e instanceof ConnectionError) return null;
      throw e;
    }
  }
}

interface Sent {
  readonly next: number;
  readonly accepted: boolean;
  readonly failed: boolean;
}
