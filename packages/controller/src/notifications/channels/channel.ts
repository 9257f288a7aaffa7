/**
 * The port to a way of reaching people. A channel is asked to send one message at a time or several at once, and may be asked for the
 * same message again where nobody knows whether it went out (a controller died, no answer came): what can tell a repetition
 * by `id` does. It resolves when the service has taken the message; an error inside an answer of 200 is one. It ends within
 * the signal's time.
 */
import type { Readable } from 'node:stream';
import type { Credential } from '../../credentials/credential.ts';
import type { Message } from '../message.ts';

export type Language = 'en' | 'zh';

export interface SendContext {
  /** The same over all tries, and of no other message of any installation. */
  readonly id: string;
  /** Milliseconds since 1970: when it was written. */
  readonly at: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Rejects with SendRefused where there is none or it may not be used. */
  readonly credential: (id: string) => Promise<Credential>;
  readonly blob: (key: string) => Promise<Readable>;
}

export interface Sent {
  /** What went wrong with a part of it. */
  readonly note?: string;
  /** Recipients that have to be tried again. */
  readonly left?: readonly string[];
}

export interface Channel {
  readonly name: string;
  readonly kind: string;
  readonly language: Language;
  /** Of messages in a minute; null: as fast as it takes them. */
  readonly perMinute: number | null;
  /** Throws NotificationError for what it could never send: said to the step at once. */
  check?(message: Message): void;
  send(message: Message, cx: SendContext): Promise<Sent>;
}

/** It will not be taken, however often it is sent. */
export class SendRefused extends Error {}

/** It may be taken later. `afterMs`: the service said when; null: it did not. */
export class SendLater extends Error {
  readonly afterMs: number | null;
  constructor(message: string, afterMs: number | null = null) {
    super(message);
    this.afterMs = afterMs;
  }
}

export class NotificationError extends Error {
  readonly code: 'MR_NOTIFICATION_CHANNEL' | 'MR_NOTIFICATION_ADDRESS' | 'MR_NOTIFICATION_CONTENT';
  constructor(code: NotificationError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** The one text of a credential: a robot's address, its key, a token. */
export function secretOf({ id, fields }: Credential): string {
  const found = fields['secret'] ?? fields['text'] ?? fields['token'] ?? fields['password'];
  if (found === undefined) throw new SendRefused(`The credentials '${id}' hold no secret text`);
  return found.trim();
}
