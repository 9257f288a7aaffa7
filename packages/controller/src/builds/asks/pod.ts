/**
 * `podTemplate`: a row that says what the label of its nodes stands for, until the build ends. The clouds read it where a
 * request for a node has that label. A template that none of them could make fails the step at once.
 */
import { createHash } from 'node:crypto';
import type { Json } from '@millrace/pipeline';
import type { PodDemand } from '../../clouds/cloud.ts';
import { CloudError } from '../../clouds/cloud.ts';
import type { Row } from '../../store/schema.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure, askKey } from '../ask-context.ts';
import { jobPath } from '../job-path.ts';
import type { Sealer } from '../worker/sealer.ts';

export type PodArguments = { readonly [name: string]: Json };

/** Answers the label; asked again, the same. */
export async function podTemplate(cx: AskContext<'other'>, data: PodArguments): Promise<string> {
  const { store, clouds, sealer, now, rootUrl } = cx.services;
  const { build } = cx;
  const cloud = textOf(data, 'cloud');
  const label = textOf(data, 'label') ?? podLabel(`${build.job}#${build.number}`, cx.key);
  const path = `${jobPath(build.job)}${build.number}/`;
  const pod: PodDemand = { key: cx.key, label, cloud, data, build: { url: `${rootUrl()}${path}`, path } };
  const makers = clouds.filter((c) => c.checkPod !== undefined);
  if (cloud === null && makers.length === 0) throw failure('No Kubernetes cloud was found.');
  if (cloud !== null && !clouds.some((c) => c.name === cloud)) throw failure(`Cloud does not exist: ${cloud}`);
  const asked = makers.filter((c) => cloud === null || c.name === cloud);
  if (asked.length === 0) throw failure(`Cloud is not a Kubernetes cloud: ${cloud}`);
  const refusals = asked.map((c) => refusalOf(() => c.checkPod?.(pod)));
  if (refusals.every((r) => r !== null)) throw failure([...new Set(refusals)].join('; '));
  await store.write((tx) =>
    tx
      .insertInto('pod_templates')
      .values({ build_id: build.id, ask_id: cx.ask.id, label, cloud, data: sealer.seal(JSON.stringify({ data, build: pod.build })), created_at: now() })
      .onConflict((c) => c.columns(['build_id', 'ask_id']).doNothing())
      .execute(),
  );
  return label;
}

export function podDemandOf(row: Row<'pod_templates'>, sealer: Sealer): PodDemand {
  const { data, build } = JSON.parse(sealer.open(row.data)) as Pick<PodDemand, 'data' | 'build'>;
  return { key: askKey(row.build_id, row.ask_id), label: row.label, cloud: row.cloud, data, build };
}

function failure(message: string): AskFailure {
  return new AskFailure({ code: 'MR_POD_TEMPLATE', message });
}

function refusalOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error.message;
  }
}

function textOf(data: PodArguments, name: string): string | null {
  const value = data[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** `team_app_12-x4k2q`: as the plug-in makes it of a build's name, with a tail that is the ask's own. */
export function podLabel(build: string, key: string): string {
  const name = build
    .slice(-57)
    .replace(/[^_a-zA-Z0-9-]/g, '_')
    .replace(/^[^a-zA-Z0-9]/, 'x')
    .replace(/[^a-zA-Z0-9]$/, 'x');
  const letters = 'bcdfghjklmnpqrstvwxz0123456789';
  const tail = [...createHash('sha256').update(key).digest().subarray(0, 5)].map((byte) => letters.charAt(byte % letters.length)).join('');
  return `${name}-${tail}`;
}
