/**
 * How the controller serves a build's asks: one handler a kind. The contract is that of the engine's port (host.ts in the
 * pipeline): a handler may be called again for the same ask, by this or another controller, and must find what it began.
 */
import type { Ask, AskKind, CancelReason, HostFailure, Json, RequestOf } from '@millrace/pipeline';
import type { Cloud } from '../clouds/cloud.ts';
import type { Installation } from '../config/installation.ts';
import type { CredentialUse, FindCredential } from '../credentials/credential.ts';
import type { Repositories } from '../scm/repository.ts';
import type { Store } from '../store/store.ts';
import type { Sealer } from './worker/sealer.ts';

/** What handlers share. */
export interface AskServices {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly installation: () => Installation;
  readonly credential: FindCredential;
  readonly now: () => number;
  /** Of the web address that users see; ends with a slash. */
  readonly rootUrl: () => string;
  readonly clouds: readonly Cloud[];
  readonly repositories: Repositories;
  readonly onError: (error: unknown) => void;
}

export interface BuildIdentity {
  readonly id: number;
  readonly itemId: number;
  readonly job: string;
  readonly number: number;
  readonly priority: number;
}

export interface AskContext<K extends AskKind = AskKind> {
  readonly build: BuildIdentity;
  readonly services: AskServices;
  readonly ask: Ask;
  readonly request: RequestOf<K>;
  /** How far the ask's output is in the log. */
  readonly cursor: number;
  /** `<build>.<ask>`: the ask's name in the whole installation, safe as a file name. */
  readonly key: string;
  /** Resolves when the ask itself is in the journal: before it, nothing may happen that the database does not undo. */
  durable(): Promise<void>;
  /** Prints to the build's log. Made again after a crash it prints the same, and nothing comes twice. */
  print(text: string): void;
  answer(value: Json): void;
  fail(failure: HostFailure): void;
  /** The answer is no longer wanted. */
  onCancel(listener: (reason: CancelReason) => void): void;
  /** The build is no longer here, whatever became of it: timers and the like end. */
  onGone(listener: () => void): void;
  /**
   * Calls `look` now, whenever the ask is woken (`ask <key>`), and from time to time, until it answers true. An error of it
   * fails the ask.
   */
  watch(look: () => Promise<boolean>): void;
}

/** Rejections fail the ask. */
export type AskHandler<K extends AskKind> = (cx: AskContext<K>) => void | Promise<void>;

/** A build's own use of a credential. */
export function useOf({ build }: Pick<AskContext, 'build'>, purpose: string): CredentialUse {
  return { item: build.job, build: build.number, purpose };
}

/** An ask that cannot be served: what the step fails with. */
export class AskFailure extends Error {
  readonly failure: HostFailure;
  constructor(failure: HostFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Steps that it ends have not failed: their build is aborted, and `retry` may take it up. */
export const INTERRUPTED = 'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException';

/** The machine of a step is not there any more. */
export function lostNode(message: string): AskFailure {
  return new AskFailure({ code: 'MR_NODE_LOST', message, type: INTERRUPTED });
}

export function unsupported(what: string): AskFailure {
  return new AskFailure({ code: 'MR_UNSUPPORTED', message: what });
}

export function failureOf(error: unknown): HostFailure {
  if (error instanceof AskFailure) return error.failure;
  const { message, code } = error as { message?: string; code?: string };
  return { code: code !== undefined && /^MR_/.test(code) ? code : 'MR_HOST', message: message ?? String(error) };
}

export function askKey(build: number, ask: string): string {
  return `${build}.${ask.replaceAll(':', '_')}`;
}
/** Of a key: the build and the ask. Null where it is none. */
export function parseAskKey(key: string): { readonly build: number; readonly ask: string } | null {
  const m = /^(\d{1,15})\.([\w.+-]{1,200})$/.exec(key);
  return m === null ? null : { build: Number(m[1]), ask: (m[2] as string).replaceAll('_', ':') };
}
