/**
 * `check`: what a step says in a check of the build's commit. GitHub with the credentials of an App has check runs; at GitLab and
 * Gitea, which have none, it is a status of the check's name, as Jenkins' gitea-checks plug-in does it.
 */
import type { BuildPlace } from '../../branches/build-place.ts';
import { buildPlace } from '../../branches/build-place.ts';
import type { CheckOutput } from '../../branches/checks/check-said.ts';
import { cutText } from '../../branches/checks/check-said.ts';
import { putCheck } from '../../branches/checks/put-check.ts';
import { testOutput } from '../../branches/checks/test-output.ts';
import { buildPath, putStatus, targetOf } from '../../branches/commit-status.ts';
import type { CommitStatus } from '../../branches/forges/forge.ts';
import { GITHUB_APP } from '../../credentials/github-app.ts';
import type { AskContext } from '../ask-context.ts';
import { testsOf } from './tests.ts';

type CheckContext = AskContext<'check'>;

export async function check(cx: CheckContext): Promise<void> {
  const { store } = cx.services;
  const row = await store.db.selectFrom('builds').selectAll().where('id', '=', cx.build.id).executeTakeFirstOrThrow();
  const place = await buildPlace(store.db, row);
  cx.answer({ published: place !== null && (await published(cx, place)) });
}

async function published(cx: CheckContext, place: BuildPlace): Promise<boolean> {
  const { kind, credentialsId } = place.source;
  if (credentialsId === null) return false;
  if (kind !== 'github') {
    await asStatus(cx, place);
    return true;
  }
  const found = await cx.services.credential(credentialsId, { item: place.item, build: null, purpose: 'status' });
  if (found?.type !== GITHUB_APP) return false;
  await asRun(cx, place);
  return true;
}

async function asRun(cx: CheckContext, place: BuildPlace): Promise<void> {
  const { store, now } = cx.services;
  const { name, status, conclusion, url, annotations, actions } = cx.request;
  const output = await outputOf(cx);
  await store.write((tx, wakes) =>
    putCheck(
      tx,
      wakes,
      {
        build: { id: cx.build.id, item_id: cx.build.itemId },
        target: targetOf(place),
        commit: place.commit,
        name,
        said: { status, conclusion, url: url ?? page(cx), output, logs: false, annotations, actions },
        ask: cx.ask.id,
      },
      now(),
    ),
  );
}

async function asStatus(cx: CheckContext, place: BuildPlace): Promise<void> {
  const { store, now } = cx.services;
  const { name, status, conclusion, url } = cx.request;
  const state = status === 'completed' ? STATES[conclusion ?? 'success'] : status === 'queued' ? 'pending' : 'running';
  const description = (await outputOf(cx))?.title ?? '';
  await store.write((tx, wakes) =>
    putStatus(
      tx,
      wakes,
      {
        build: { id: cx.build.id, item_id: cx.build.itemId },
        target: targetOf(place),
        commit: place.commit,
        context: name,
        state,
        description,
        url: url ?? page(cx),
      },
      now(),
    ),
  );
}

const STATES: { readonly [C in NonNullable<CheckContext['request']['conclusion']>]: CommitStatus['state'] } = {
  success: 'success',
  neutral: 'success',
  skipped: 'skipped',
  failure: 'failure',
  timed_out: 'failure',
  action_required: 'failure',
  cancelled: 'aborted',
};

function page({ build }: CheckContext): string {
  return buildPath({ job: build.job, number: build.number });
}

async function outputOf(cx: CheckContext): Promise<CheckOutput | null> {
  const { output, tests } = cx.request;
  if (tests !== null) return testOutput(cx.services.store.db, cx.build.id, testsOf(tests));
  return output === null ? null : { title: output.title, summary: cutText(output.summary), text: cutText(output.text) };
}
