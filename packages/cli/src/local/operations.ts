/** What happens with files, archives, repositories and addresses on the nodes of this machine: the agent's own operations. */
import { mkdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperationContext } from '@millrace/agent';
import { isOperation, LeftOvers, OPERATIONS } from '@millrace/agent';
import type { Ask, Json, ScmSpec, StdioRetention } from '@millrace/pipeline';
import { TestTally } from '@millrace/pipeline';
import { fieldsOf } from './credentials.ts';
import type { HandlerContext } from './handler.ts';
import { unsupported } from './handler.ts';
import type { LocalWorld } from './local-host.ts';
import { LocalTransfers } from './local-transfers.ts';

export async function serve(ask: Ask, cx: HandlerContext, world: LocalWorld): Promise<Json> {
  const scratch = join(world.options.stateDir, 'operations', ask.id.replace(/[^\w.-]/g, '_'));
  const tally = ask.kind === 'tests' ? new TestTally(ask.request.retention as StdioRetention) : null;
  const aborted = new AbortController();
  cx.onCancel(() => {
    aborted.abort();
  });
  let used = false;
  const context: OperationContext = {
    transfers: new LocalTransfers({
      stash: join(world.options.stateDir, 'stashes', `${fileName(ask.kind === 'stash' || ask.kind === 'unstash' ? ask.request.name : '')}.tar.gz`),
      artifacts: world.options.archiveDir,
      files: join(world.options.stateDir, 'published', ask.kind === 'publish' ? publishedName(ask) : ''),
      report: (file, text) => tally?.add(file, text),
    }),
    leftOvers: new LeftOvers(world.options.stateDir),
    formerGits: world.formerGits,
    scratch: () => {
      if (!used) mkdirSync(scratch, { recursive: true, mode: 0o700 });
      used = true;
      return scratch;
    },
    print: cx.print,
    signal: aborted.signal,
  };
  try {
    const answer = await operate(ask, context, world);
    return tally === null ? answer : (tally.summary() as unknown as Json);
  } finally {
    if (used) await rm(scratch, { recursive: true, force: true });
  }
}

async function operate(ask: Ask, cx: OperationContext, world: LocalWorld): Promise<Json> {
  if (ask.kind === 'publish') {
    const folder = join(world.options.stateDir, 'published');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${publishedName(ask)}.json`), JSON.stringify(ask.request.data));
    if (ask.request.files !== undefined) {
      world.nodes.lease(ask.request.files.lease);
      await OPERATIONS.publish(ask.request.files, cx);
    }
    return { url: null };
  }
  if (!isOperation(ask.kind))
    throw unsupported(
      ask.kind === 'mail' || ask.kind === 'notify'
        ? `${ask.kind} needs a Millrace server that knows where to send messages`
        : ask.kind === 'commit.status'
          ? 'the status of a commit needs a Millrace server that knows where to tell it'
          : ask.kind === 'merge.request'
            ? 'a merge request needs a Millrace server that was told of it'
            : `this command cannot do ${ask.kind}`,
    );
  const place = ask.kind === 'http' ? ask.request.place : (ask.request as { readonly lease?: string });
  if (place?.lease !== undefined) world.nodes.lease(place.lease);
  const request =
    ask.kind === 'checkout' ? { ...ask.request, credentials: credentials(world, ask.request.scm), hostKeys: world.options.config.hostKeys } : ask.request;
  return (OPERATIONS[ask.kind] as (request: unknown, cx: OperationContext) => Promise<Json>)(request, cx);
}

/** Those that its remotes name. */
function credentials(world: LocalWorld, scm: ScmSpec): Record<string, Readonly<Record<string, string>>> {
  const named = new Set(scm.kind === 'git' ? scm.remotes.map((remote) => remote.credentialsId) : []);
  return Object.fromEntries(world.options.config.credentials.filter((c) => named.has(c.id)).map((c) => [c.id, fieldsOf(c)]));
}
function publishedName(ask: Extract<Ask, { kind: 'publish' }>): string {
  return `${ask.request.type}-${ask.request.name}-${ask.id}`.replace(/[^\w.-]/g, '_');
}
function fileName(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}
