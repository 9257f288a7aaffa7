/** Builds: starting, looking at, changing, ending. */
import type { Build } from '@millrace/protocol';
import { ApiError, buildRoutes, buildShapes } from '@millrace/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Principal } from '../../auth/principal.ts';
import { can } from '../../auth/principal.ts';
import { artifactOf, fingerprintUses, listArtifacts } from '../../builds/artifacts.ts';
import { abortBuild, changeBuild, deleteBuild } from '../../builds/change-build.ts';
import type { Enqueued } from '../../builds/enqueue.ts';
import { buildOf } from '../../builds/find-build.ts';
import { flowNodes } from '../../builds/flow-nodes.ts';
import { answerInput, listInputs } from '../../builds/inputs.ts';
import { listBuilds, orderOf } from '../../builds/list-builds.ts';
import { jobReports, listReports, reportBlob } from '../../builds/reports.ts';
import { scriptOf } from '../../builds/script.ts';
import { showBuild } from '../../builds/show-build.ts';
import { listChanges, shownChange, showRevisions } from '../../builds/show-revisions.ts';
import { stagesOf } from '../../builds/stages.ts';
import { listSuites, listTests, shownCase, testHistory } from '../../builds/test-results.ts';
import type { Starter } from '../../builds/trigger.ts';
import { rebuildBuild, replayBuild, restartBuild, triggerBuild } from '../../builds/trigger.ts';
import { itemOf } from '../../jobs/item-rows.ts';
import { BuildRecord } from '../../logs/build-record.ts';
import type { Row } from '../../store/schema.ts';
import { sendArchive, sendArtifact } from '../artifact-answers.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import { sendLog } from '../log-answers.ts';
import type { RouteContext } from '../mount.ts';
import { check, handlers } from '../mount.ts';
import { reportFile, sendReportFile } from '../report-answers.ts';
import type { RouteServices } from '../services.ts';
import { readTrigger } from '../trigger-form.ts';

export function buildHandlers(services: RouteServices) {
  const { store, auth, sealer, blobs, enqueue } = services;
  const { db } = store;
  const { audit } = auth;
  const recordOf = (row: Pick<Row<'builds'>, 'id' | 'record'>): BuildRecord => new BuildRecord({ db, blobs }, row);
  const triggers = {
    store,
    audit,
    enqueue,
    record: recordOf,
    copyFile: async (key: string, name: string) => services.storeParameterFile(await blobs.read(key), name),
    dropFiles: (keys: readonly string[]) => services.deleteBlobs(keys),
  };
  const starter = ({ principal, actor }: Pick<RouteContext, 'principal' | 'actor'>): Starter => ({ ...actor, fullName: principal.fullName });
  const find = ({ path, number }: { readonly path: string; readonly number: number }): Promise<Row<'builds'>> => buildOf(db, path, number);
  const queued = (reply: FastifyReply, { id, merged }: Enqueued) => {
    reply.header('location', `/api/v1/queue/${id}`);
    return { id, merged };
  };
  const show = async (principal: Principal, row: Row<'builds'>): Promise<Build> => {
    const build = await showBuild(db, row);
    const seen = ({ job }: { readonly job: string }): boolean => can(principal, 'item.view', job);
    return { ...build, upstream: build.upstream.filter(seen), downstream: build.downstream.filter(seen) };
  };

  return handlers(buildRoutes, {
    'builds.trigger': async (cx) => {
      const { params, request, reply } = cx;
      if (request.isMultipart() !== true) return queued(reply, await triggerBuild(triggers, starter(cx), params.path, cx.body));
      const form = await readTrigger(services, request, params.path, (value) => check(buildShapes.trigger, value, []) as z.output<typeof buildShapes.trigger>);
      try {
        return queued(
          reply,
          await triggerBuild(triggers, starter(cx), params.path, { ...form.request, parameters: { ...form.request.parameters, ...form.files } }),
        );
      } catch (error) {
        await services.deleteBlobs(form.keys).catch(services.onError);
        throw error;
      }
    },
    'builds.list': async ({ params, query }) => {
      const list = `builds ${orderOf(query)}`;
      const before = readCursor(list, z.int(), query.cursor);
      return page(await listBuilds(store, params.path, query, before, query.limit + 1), query.limit, (last) =>
        writeCursor(list, last[orderOf(query)] ?? last.id),
      );
    },
    'builds.get': async ({ principal, params }) => show(principal, await find(params)),
    'builds.change': async ({ principal, actor, params, body }) => {
      if (Object.keys(body).length === 0) throw new ApiError('MR_REQUEST', 'Nothing is to be changed.');
      return show(principal, await changeBuild(audit, actor, params.path, params.number, body));
    },
    'builds.abort': async ({ principal, actor, params, body }) => show(principal, await abortBuild(audit, actor, params.path, params.number, body.hard)),
    'builds.delete': async ({ actor, params }) => {
      const keys = await deleteBuild(audit, store.engine.exclusive, actor, params.path, params.number);
      // What stays by mistake is found by the retention.
      await services.deleteBlobs(keys).catch(services.onError);
      return undefined;
    },
    'builds.replay': async (cx) => queued(cx.reply, await replayBuild(triggers, starter(cx), cx.params.path, cx.params.number, cx.body.script)),
    'builds.rebuild': async (cx) => queued(cx.reply, await rebuildBuild(triggers, starter(cx), cx.params.path, cx.params.number)),
    'builds.restart': async (cx) => queued(cx.reply, await restartBuild(triggers, starter(cx), cx.params.path, cx.params.number, cx.body.stage)),
    'builds.script': async ({ params }) => scriptOf(recordOf(await find(params))),
    'builds.tree': async ({ params }) => ({ nodes: (await flowNodes(recordOf(await find(params)))) as never }),
    'builds.stages': async ({ params }) => {
      const record = recordOf(await find(params));
      return stagesOf(await flowNodes(record), await record.printing());
    },
    'builds.log': async (cx) => {
      const build = await find(cx.params);
      return sendLog(services, cx, build, recordOf(build));
    },

    'inputs.list': async ({ principal, params }) => ({ inputs: (await listInputs(store, principal, params.path, params.number)) as never }),
    'inputs.proceed': async ({ principal, actor, params, body }) => {
      await answerInput({ audit, sealer }, principal, actor, params, body.values);
      return undefined;
    },
    'inputs.abort': async ({ principal, actor, params }) => {
      await answerInput({ audit, sealer }, principal, actor, params, null);
      return undefined;
    },

    'builds.changes': async ({ params, query }) => {
      const after = readCursor('changes', z.int(), query.cursor);
      const rows = await listChanges(db, (await find(params)).id, after, query.limit + 1);
      const { entries, next } = page(rows, query.limit, (last) => writeCursor('changes', last.n));
      return { entries: entries.map(shownChange), next };
    },
    'builds.revisions': async ({ params }) => showRevisions(db, await find(params)),

    'tests.list': async ({ params, query }) => {
      const after = readCursor('tests', z.int(), query.cursor);
      const rows = await listTests(store, (await find(params)).id, query, after, query.limit + 1);
      const { entries, next } = page(rows, query.limit, (last) => writeCursor('tests', last.seq));
      return { entries: entries.map(shownCase), next };
    },
    'tests.suites': async ({ params }) => ({ suites: await listSuites(store, (await find(params)).id) }),
    'tests.history': async ({ params, query }) => testHistory(store, (await itemOf(db, params.path)).id, params.key, query.builds),

    'artifacts.list': async ({ params, query }) => {
      const after = readCursor('artifacts', z.string(), query.cursor);
      const rows = await listArtifacts(store, (await find(params)).id, query.folder, after, query.limit + 1);
      const { entries, next } = page(rows, query.limit, (last) => writeCursor('artifacts', last.path));
      return { entries: entries.map(({ path, size, md5, sha256, fingerprint }) => ({ path, size, md5, sha256, fingerprint: fingerprint === 1 })), next };
    },
    'artifacts.get': async ({ params, request, reply }) =>
      sendArtifact(services, request, reply, await artifactOf(store, (await find(params)).id, params.file)),
    'artifacts.zip': async ({ params, query, reply }) => sendArchive(services, reply, await find(params), query.folder),
    'reports.list': async ({ params }) => ({ reports: await listReports(db, (await find(params)).id) }),
    'reports.file': async ({ params, request, reply }) => {
      const { id } = await find(params);
      const path = reportFile(params.file);
      return sendReportFile(blobs, request, reply, path, await reportBlob(db, id, params.report, path));
    },
    'reports.ofJob': async ({ params }) => ({ reports: await jobReports(db, (await itemOf(db, params.path)).id) }),
    'fingerprints.get': async ({ principal, params }) => {
      const uses = await fingerprintUses(store, params.md5);
      return { md5: params.md5, uses: uses.filter((use) => can(principal, 'item.view', use.job)).map((use) => ({ ...use, number: use.number as number })) };
    },
  });
}
