/** Who started a build, for `withBuildUser`: the words are those of the build-user-vars plug-in. */
import type { BuildUser, Json } from '@millrace/pipeline';
import type { AskContext } from '../ask-context.ts';
import type { Cause } from '../records.ts';
import { causesOf } from '../records.ts';
import { upstreamRows } from './other-builds.ts';

/** What starts builds where nobody does, by the end of a cause's class. */
const NOBODY: readonly (readonly [type: RegExp, name: string, id: string])[] = [
  [/BranchIndexingCause$|BranchEventCause$/, 'Branch Indexing', 'branchIndexing'],
  [/SCMTriggerCause$|PushCause$|GitLabWebHookCause$/, 'SCM Change', 'scmChange'],
  [/TimerTriggerCause$/, 'Timer Trigger', 'timer'],
  [/\.GenericCause$/, 'Generic Webhook Trigger', 'genericWebhook'],
];

export async function buildUser(cx: AskContext<'other'>): Promise<void> {
  const { db } = cx.services.store;
  const own = await db.selectFrom('builds').select('causes').where('id', '=', cx.build.id).executeTakeFirstOrThrow();
  const causes = causesOf((await upstreamRows(cx, own)).at(-1) ?? own);
  const user = userOf(causes);
  const email =
    user?.login === undefined ? null : ((await db.selectFrom('users').select('email').where('id', '=', user.login).executeTakeFirst())?.email ?? null);
  cx.answer(user === null ? null : ({ id: user.id, name: user.name, email } satisfies BuildUser as unknown as Json));
}

function userOf(causes: readonly Cause[]): { readonly id: string; readonly name: string; readonly login?: string } | null {
  const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
  for (const { type, data } of causes) {
    if (type !== 'hudson.model.Cause$UserIdCause') continue;
    const login = text(data?.['userId']);
    const name = text(data?.['userName']) ?? login ?? 'anonymous';
    return login === null ? { id: 'anonymous', name } : { id: login, name, login };
  }
  for (const { type, data } of causes) {
    if (type === 'hudson.model.Cause$RemoteCause')
      return { id: 'remoteRequest', name: [text(data?.['addr']), text(data?.['note'])].filter((part) => part !== null).join(' ') };
    const known = NOBODY.find(([of]) => of.test(type));
    if (known !== undefined) return { id: known[2], name: known[1] };
  }
  return null;
}
