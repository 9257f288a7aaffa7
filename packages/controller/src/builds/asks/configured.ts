/** What the installation's configuration answers: credentials, tools, shared libraries; and files of the job's own source. */
import type { Json } from '@millrace/pipeline';
import { CredentialRefused } from '../../credentials/credential.ts';
import { libraryFromFolder, libraryFromGit } from '../../scm/library-tree.ts';
import { readFromGit } from '../../scm/lightweight.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure, useOf } from '../ask-context.ts';
import { parse } from '../records.ts';

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
  const { request, services } = cx;
  const inline = remoteOf(request.retriever);
  const found = services.installation().libraries.find((l) => l.name === request.name);
  const git = inline ?? found?.git ?? null;
  if (git !== null) {
    const version = request.version ?? found?.version ?? null;
    if (version === null) throw new AskFailure({ code: 'MR_LIBRARY_UNKNOWN', message: `No version specified for library ${request.name}` });
    cx.answer((await libraryFromGit({ url: git, version, name: request.name, cacheFolder: services.cacheFolder })) as unknown as Json);
    return;
  }
  if (found?.path == null) throw new AskFailure({ code: 'MR_LIBRARY_UNKNOWN', message: `No library named ${request.name} found` });
  cx.answer((await libraryFromFolder(found.path)) as unknown as Json);
}

/** `modernSCM([$class: 'GitSCMSource', remote: '…'])`, `modernSCM(git(remote…))`: the address inside, wherever it stands. */
function remoteOf(retriever: Json): string | null {
  if (retriever === null || typeof retriever !== 'object') return null;
  for (const [name, value] of Object.entries(retriever)) {
    if ((name === 'remote' || name === 'url') && typeof value === 'string') return value;
    const inner = remoteOf(value as Json);
    if (inner !== null) return inner;
  }
  return null;
}

export async function scmRead(cx: AskContext<'scm.read'>): Promise<void> {
  const item = await cx.services.store.db.selectFrom('items').select('config').where('id', '=', cx.build.itemId).executeTakeFirst();
  const definition = parse<{ definition?: { kind: string; url: string; branch: string; credentialsId: string | null } }>(item?.config ?? '{}').definition;
  if (definition?.kind !== 'git')
    throw new AskFailure({ code: 'MR_UNSUPPORTED', message: `${cx.request.path} cannot be read: the job's script does not come from a repository` });
  const { credential, cacheFolder } = cx.services;
  const content = await readFromGit({ ...definition, path: cx.request.path, cacheFolder, credential: (id) => credential(id, useOf(cx, 'script')) });
  cx.answer({ content });
}
