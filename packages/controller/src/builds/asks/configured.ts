/** What the installation's configuration answers: credentials, tools, shared libraries; and files of the job's own source. */
import type { Json } from '@millrace/pipeline';
import { branchScript } from '../../branches/branch-script.ts';
import { CredentialRefused } from '../../credentials/credential.ts';
import { addressOf, fileAt } from '../../scm/bound-script.ts';
import { loadLibrary } from '../../scm/libraries.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure, useOf } from '../ask-context.ts';
import { parse } from '../records.ts';
import { scriptRevision } from '../revisions.ts';

export async function credentials(cx: AskContext<'credentials'>): Promise<void> {
  const { id } = cx.request;
  const type = 'org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException';
  const found = await cx.services.credential(id, useOf(cx, 'withCredentials')).catch((error: unknown) => {
    throw error instanceof CredentialRefused ? new AskFailure({ code: error.code, message: error.message, type }) : error;
  });
  if (found === null) throw new AskFailure({ code: 'MR_CREDENTIALS_UNKNOWN', message: `Could not find credentials entry with ID '${id}'`, type });
  cx.answer({ type: found.type, fields: found.fields, description: found.description });
}

export function tool(cx: AskContext<'tool'>): void {
  const { name, type } = cx.request;
  const { tools, toolDescriptors, toolEnvironment } = cx.services.installation();
  const idOf = (t: string): string => toolDescriptors.find((d) => d.symbol === t)?.id ?? t;
  const found = tools.find((t) => t.name === name && (type === null || t.type === null || t.type === type || idOf(t.type) === type));
  if (found === undefined)
    throw new AskFailure({ code: 'MR_TOOL_UNKNOWN', message: type === null ? `No tool named ${name} found` : `No ${type} named ${name} found` });
  cx.answer({ home: found.home, env: toolEnvironment(found) });
}

export async function library(cx: AskContext<'library'>): Promise<void> {
  cx.answer((await loadLibrary(cx.services, cx.build, cx.request)) as unknown as Json);
}

export async function scmRead(cx: AskContext<'scm.read'>): Promise<void> {
  const item = await cx.services.store.db.selectFrom('items').select('config').where('id', '=', cx.build.itemId).executeTakeFirst();
  const definition = parse<{ definition?: { kind: string; url: string; branch: string; credentialsId: string | null } }>(item?.config ?? '{}').definition;
  if (definition?.kind === 'branch') {
    const source = await branchScript(cx.services.store.db, cx.build.id);
    if (source !== null) {
      const address = await addressOf(cx.services, source, cx.build.job, cx.build.number, 'script');
      cx.answer({ content: await fileAt(cx.services, address, { commit: source.commit, ref: null }, cx.request.path) });
      return;
    }
  }
  if (definition?.kind !== 'git')
    throw new AskFailure({ code: 'MR_UNSUPPORTED', message: `${cx.request.path} cannot be read: the job's script does not come from a repository` });
  const address = await addressOf(cx.services, definition, cx.build.job, cx.build.number, 'script');
  const bound = await scriptRevision(cx.services.store.db, cx.build.id);
  const at = bound === null ? await cx.services.repositories.resolve(address, definition.branch) : { commit: bound.commit, ref: null };
  const content = await fileAt(cx.services, address, at, cx.request.path);
  cx.answer({ content });
}
