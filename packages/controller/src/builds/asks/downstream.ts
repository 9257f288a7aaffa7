/**
 * `build`: another job's build. Which build an ask started is a row, written with that build, so that it is started once.
 * Waiting costs nothing: the end of that build wakes this ask.
 */
import type { Json } from '@millrace/pipeline';
import { candidatesOf } from '../../jobs/job-references.ts';
import { isJob } from '../../jobs/kinds.ts';
import type { Tx } from '../../store/store.ts';
import { abortWithCaller } from '../abort-with-caller.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure } from '../ask-context.ts';
import type { Enqueue } from '../enqueue.ts';
import { jobPath } from '../job-path.ts';
import { UNTIL_END, UNTIL_START } from '../waiters.ts';
import { answerOf } from './other-builds.ts';

export function downstream(enqueue: Enqueue) {
  return async (cx: AskContext<'build'>): Promise<void> => {
    const { store } = cx.services;
    const { job, parameters, wait, quietPeriod, waitForStart = false } = cx.request;
    const until = waitForStart ? UNTIL_START : wait ? UNTIL_END : 0;
    const id = await store.write(async (tx, wakes) => {
      const known = await tx
        .selectFrom('downstream')
        .select('downstream_id')
        .where('build_id', '=', cx.build.id)
        .where('ask_id', '=', cx.ask.id)
        .executeTakeFirst();
      if (known !== undefined) return known.downstream_id;
      const target = await targetOf(tx, job, cx.build.job);
      const cause = {
        type: 'org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause',
        text: `Started by upstream project "${cx.build.job}" build number ${cx.build.number}`,
        data: { upstreamProject: cx.build.job, upstreamBuild: cx.build.number, upstreamUrl: jobPath(cx.build.job) },
      };
      const queued = await enqueue(tx, wakes, {
        item: target,
        given: givenOf(parameters),
        causes: [cause],
        quietSeconds: quietPeriod ?? 0,
        priority: null,
        merge: until === 0,
        lenient: true,
      });
      await tx.insertInto('downstream').values({ build_id: cx.build.id, ask_id: cx.ask.id, downstream_id: queued.id, wait: until }).execute();
      return queued.id;
    });
    if (until === 0) {
      cx.answer(null);
      return;
    }
    cx.onCancel(() => void abortWithCaller(store, id).catch(cx.services.onError));
    let announced = false;
    cx.watch(async () => {
      const row = await store.db.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) throw new AskFailure({ code: 'MR_BUILD_UNKNOWN', message: `the build of ${job} was deleted` });
      if (row.number !== null && !announced) {
        announced = true;
        cx.print(`Starting building: ${row.job.replaceAll('/', ' » ')} #${row.number}\n`);
      }
      if (row.state === 'cancelled') throw new AskFailure({ code: 'MR_BUILD_CANCELLED', message: `Queue task was cancelled` });
      if (row.state === 'queued' || (row.state === 'running' && !waitForStart)) return false;
      cx.answer(answerOf(cx, row));
      return true;
    });
  };
}

/** `../other` and `other` are looked up from the job's folder on, as Jenkins does. */
async function targetOf(tx: Tx, name: string, from: string): Promise<{ id: number; full_name: string }> {
  const candidates = candidatesOf(name, from.split('/').slice(0, -1).join('/'));
  const found = await tx.selectFrom('items').select(['id', 'full_name', 'kind']).where('full_name', 'in', candidates).execute();
  const item = candidates.map((c) => found.find((f) => f.full_name === c && isJob(f.kind))).find((f) => f !== undefined);
  if (item === undefined) throw new AskFailure({ code: 'MR_JOB_UNKNOWN', message: `No item named ${name} found` });
  return item;
}

/** Parameters as the step's asks give them: `{ $symbol | $class, name, value }`. */
function givenOf(parameters: readonly Json[]): { [name: string]: Json } {
  const out: { [name: string]: Json } = {};
  for (const parameter of parameters) {
    const { name, value } = parameter as { name?: string; value?: Json };
    if (name !== undefined) out[name] = value ?? null;
  }
  return out;
}
