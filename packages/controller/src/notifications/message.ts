/** What is sent, in words that each channel puts into its service's form. It is kept sealed: a script may say secrets in it. */
import type { Json, NotifyMessage } from '@millrace/pipeline';

export interface Attachment {
  readonly name: string;
  /** The key of its content. */
  readonly blob: string;
}

/** Of e-mail alone. */
export interface MailPart {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly from: string | null;
  readonly replyTo: string | null;
  readonly mimeType: string;
  readonly attachments: readonly Attachment[];
  /** Of its recipients those that still have to get it; left out: all. */
  readonly left?: readonly string[];
}

/** What the end of a build means to who reads of it: see docs/guide/notifications.md, which tells the webhook's JSON. */
export interface BuildEvent {
  readonly event: 'failure' | 'unstable' | 'fixed' | 'success' | 'aborted' | 'notBuilt' | 'test' | 'message';
  readonly job: string | null;
  readonly number: number | null;
  readonly result: string | null;
  readonly previousResult: string | null;
  readonly url: string | null;
  readonly durationMs: number | null;
  readonly causes: readonly string[];
  readonly changes: readonly { readonly commit: string | null; readonly author: string; readonly title: string }[];
  readonly moreChanges: boolean;
  readonly failedStage: string | null;
  readonly failedTests: readonly string[];
  readonly tests: { readonly total: number; readonly failed: number; readonly skipped: number } | null;
}

export interface Message extends NotifyMessage {
  readonly mail: MailPart | null;
  readonly event: BuildEvent | null;
}

/** `ended`: the message is made when it is first sent, of what the build is then. */
export type Content =
  | { readonly message: Message; readonly via?: Via }
  | { readonly ended: { readonly build: number; readonly event: BuildEvent['event']; readonly previous: string | null; readonly to: readonly string[] } };

/** A step's own access to a service, where it names no channel of the configuration. */
export interface Via {
  readonly kind: string;
  readonly settings: { readonly [name: string]: Json };
}

export const NOTHING: Omit<Message, 'title' | 'text'> = {
  format: 'text',
  level: 'info',
  url: null,
  to: null,
  at: { mobiles: [], users: [], all: false },
  native: null,
  mail: null,
  event: null,
};
