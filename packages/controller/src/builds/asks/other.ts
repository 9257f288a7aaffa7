/** Asks without a kind of their own. */
import type { ImageBuilder, Json, ServerAsks } from '@millrace/pipeline';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { parseLabelExpression } from '../../queue/label-expression.ts';
import type { AskContext, AskHandler } from '../ask-context.ts';
import { AskFailure, unsupported } from '../ask-context.ts';
import { parse } from '../records.ts';
import { buildUser } from './build-user.ts';
import { configFile } from './config-file.ts';
import type { ContainerLogData } from './container-log.ts';
import { containerLog } from './container-log.ts';
import { copyArtifacts } from './copy-artifacts.ts';
import { mailTemplate } from './mail-template.ts';
import { changeSets, earlierChanges, otherBuild, upstreamBuilds } from './other-builds.ts';
import type { PodArguments } from './pod.ts';
import { podTemplate } from './pod.ts';
import { buildLog, serverItem, serverNodes } from './server-model.ts';
import { buildArtifacts, buildTestCases, buildTests } from './server-tests.ts';
import { qualityGate, sonarServer } from './sonar.ts';
import { waitForBuild } from './wait-for-build.ts';

export function other(blobs: BlobStore): AskHandler<'other'> {
  return (cx) => serve(cx, blobs);
}

async function serve(cx: AskContext<'other'>, blobs: BlobStore): Promise<void> {
  const { name, data } = cx.request;
  switch (name) {
    case 'serverItem':
      await serverItem(cx, (data as ServerAsks['serverItem'][0]).name);
      return;
    case 'serverNodes':
      await serverNodes(cx);
      return;
    case 'mailTemplate':
      await mailTemplate(cx, (data as ServerAsks['mailTemplate'][0]).name);
      return;
    case 'buildLog':
      await buildLog(cx, blobs, (data as ServerAsks['buildLog'][0]).lines);
      return;
    case 'otherBuild':
      await otherBuild(cx, data as unknown as ServerAsks['otherBuild'][0]);
      return;
    case 'copyArtifacts':
      await copyArtifacts(cx, data as unknown as ServerAsks['copyArtifacts'][0]);
      return;
    case 'withSonarQubeEnv':
      await sonarServer(cx, data as ServerAsks['withSonarQubeEnv'][0]);
      return;
    case 'waitForQualityGate':
      await qualityGate(cx, data as ServerAsks['waitForQualityGate'][0]);
      return;
    case 'buildUser':
      await buildUser(cx);
      return;
    case 'configFile':
      await configFile(cx, (data as ServerAsks['configFile'][0]).id);
      return;
    case 'upstreamBuilds':
      await upstreamBuilds(cx, data as ServerAsks['upstreamBuilds'][0]);
      return;
    case 'changeSets':
      await changeSets(cx, data as ServerAsks['changeSets'][0]);
      return;
    case 'earlierChanges':
      await earlierChanges(cx);
      return;
    case 'buildTests':
      await buildTests(cx);
      return;
    case 'buildTestCases':
      await buildTestCases(cx, (data as ServerAsks['buildTestCases'][0]).status);
      return;
    case 'buildArtifacts':
      await buildArtifacts(cx);
      return;
    case 'nodesByLabel':
      cx.answer(await nodesByLabel(cx, data as { label?: string | null; offline?: boolean }));
      return;
    case 'imageBuilder':
      cx.answer(imageBuilder(cx) as unknown as Json);
      return;
    case 'podTemplate':
      cx.answer({ label: await podTemplate(cx, data as PodArguments) });
      return;
    case 'containerLog':
      await containerLog(cx, data as unknown as ContainerLogData);
      return;
    case 'waitForBuild':
      await waitForBuild(cx, data as { readonly runId: string; readonly propagateAbort?: true });
      return;
    default:
      throw unsupported(`${name} is not there in this version of Millrace`);
  }
}

function imageBuilder(cx: AskContext): ImageBuilder {
  const { imageBuilder: found = null } = cx.services.installation();
  if (found === null) throw new AskFailure({ code: 'MR_IMAGE_BUILDER', message: 'buildImage needs a tool: the configuration has no imageBuilder' });
  return found;
}

async function nodesByLabel(cx: AskContext, { label, offline }: { label?: string | null; offline?: boolean }): Promise<Json> {
  const expression = label == null || label === '' ? null : parseLabelExpression(label);
  const rows = await cx.services.store.db.selectFrom('nodes').select(['name', 'labels', 'session', 'offline']).orderBy('name').execute();
  const names = rows
    .filter((row) => offline === true || (row.session !== null && row.offline === null))
    .filter((row) => expression === null || expression.matches(new Set([...parse<string[]>(row.labels), row.name])))
    .map((row) => row.name);
  return { names };
}
