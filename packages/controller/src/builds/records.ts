/** The JSON that build rows hold, with its types: one place that reads and writes it. */
import type { AbortCause, Json } from '@millrace/pipeline';
import type { Revision } from '../branches/head.ts';
import type { PushedRevision } from '../scm/pushed-revision.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** As Jenkins tells why a build was started. `text` is the console's line. */
export interface Cause {
  readonly type: string;
  readonly text: string;
  readonly data?: { readonly [name: string]: Json };
}

/** What a build runs in place of its job's own definition. */
export interface Origin {
  /** An edited script, or that of the build which is replayed, rebuilt or restarted. */
  readonly script?: string;
  readonly replayOf?: number;
  readonly rebuildOf?: number;
  readonly restart?: { readonly number: number; readonly stage: string };
  /** Of what a webhook told, beside parameters. */
  readonly variables?: { readonly [name: string]: string };
  /** Of a webhook: what checkouts of that repository are made of, whatever their branch specs say. */
  readonly pushed?: PushedRevision;
  /** Of a branch's job: the commits that it is made of, whatever the branch has become meanwhile. */
  readonly revision?: Revision;
}

/** A password, sealed; the engine opens it for the program. */
export interface SealedValue {
  readonly $secret: string;
}
export type ParameterValue = string | boolean | null | SealedValue | { readonly $file: string; readonly name: string };
export type ParameterValues = { readonly [name: string]: ParameterValue };

export interface AbortRequest {
  readonly by: string | null;
  readonly hard: boolean;
  /** Where it is not a user. */
  readonly because?: AbortCause;
}

/** What a build is besides its columns. */
export interface BuildRecordFacts {
  readonly displayName?: string | null;
  readonly description?: string | null;
  readonly tests?: { readonly total: number; readonly failed: number; readonly skipped: number };
  readonly changes?: readonly Json[];
  readonly variables?: { readonly [name: string]: string };
  readonly nodes?: readonly string[];
  /** Why it could not run: an error's code and text. */
  readonly failure?: { readonly code: string; readonly message: string };
  /** The script asked to keep it; becomes the row's column. */
  readonly keepLog?: boolean;
}

export function parse<T>(text: string): T {
  return JSON.parse(text) as T;
}
export const causesOf = (row: Pick<Row<'builds'>, 'causes'>): readonly Cause[] => parse(row.causes);
export const originOf = (row: Pick<Row<'builds'>, 'origin'>): Origin => parse(row.origin);

/** The build that this one replays, or restarts from a stage; null: none, or it is not there any more. */
export async function originalOf(db: Tx, build: Pick<Row<'builds'>, 'item_id' | 'origin'>): Promise<Pick<Row<'builds'>, 'id' | 'origin'> | null> {
  const { replayOf, restart } = originOf(build);
  const number = replayOf ?? restart?.number;
  if (number === undefined) return null;
  return (await db.selectFrom('builds').select(['id', 'origin']).where('item_id', '=', build.item_id).where('number', '=', number).executeTakeFirst()) ?? null;
}
export const parametersOf = (row: Pick<Row<'builds'>, 'parameters'>): ParameterValues => parse(row.parameters);
export const factsOf = (row: Pick<Row<'builds'>, 'facts'>): BuildRecordFacts => parse(row.facts);
