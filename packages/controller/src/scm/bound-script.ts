/**
 * The Jenkinsfile of a job that has it in git. A build is bound to one commit, which is looked up once when it begins and kept
 * as a row: it is the same for whoever goes on with it, for `checkout scm`, and for a replay.
 */
import { expandedSpec, shownUrl } from '@millrace/protocol/git';
import { noteCommit } from '../branches/commit-status.ts';
import type { AskServices } from '../builds/ask-context.ts';
import { AskFailure } from '../builds/ask-context.ts';
import { originalOf, originOf, parametersOf } from '../builds/records.ts';
import { DETACHED, keepRevision, SCRIPT, scriptRevision } from '../builds/revisions.ts';
import { CredentialError } from '../credentials/credential.ts';
import type { Row } from '../store/schema.ts';
import { pushedTo } from './pushed-revision.ts';
import type { RepositoryAddress } from './repository.ts';

export interface ScriptSource {
  readonly url: string;
  readonly branch: string;
  readonly path: string;
  readonly credentialsId: string | null;
}

export interface BoundScript {
  readonly text: string;
  readonly revision: { readonly commit: string; readonly branch: string | null };
}

/** `read` false: the text is not needed. Throws MR_SCRIPT_MISSING, and the codes of a repository. */
export async function boundScript(services: AskServices, row: Row<'builds'>, source: ScriptSource, read: boolean): Promise<BoundScript> {
  const { store, repositories } = services;
  const address = await addressOf(services, source, row.job, row.number, 'script');
  let revision = (await scriptRevision(store.db, row.id)) ?? (await revisionOfReplayed(services, row));
  let ref: string | null = null;
  if (revision === null) {
    const spec = pushedTo(row, [source.url])?.ref ?? expandedSpec(source.branch, variablesOf(row));
    const found = await repositories.resolve(address, spec);
    ({ ref } = found);
    revision = { commit: found.commit, branch: ref?.startsWith('refs/heads/') === true ? `origin/${ref.slice('refs/heads/'.length)}` : null };
  }
  const { commit, branch } = revision;
  const text = read ? await fileAt(services, address, { commit, ref }, source.path) : '';
  await store.write(async (tx, wakes) => {
    await keepRevision(
      tx,
      { id: row.id, itemId: row.item_id, number: row.number as number },
      { askId: SCRIPT, kind: 'script', url: source.url, branch: branch ?? DETACHED, commit, poll: true, changes: [], more: false },
    );
    await noteCommit(tx, wakes, row.id, services.now());
  });
  return { text, revision };
}

export async function addressOf(
  { credential }: Pick<AskServices, 'credential'>,
  { url, credentialsId }: Pick<ScriptSource, 'url' | 'credentialsId'>,
  item: string | null,
  build: number | null,
  purpose: string,
): Promise<RepositoryAddress> {
  if (credentialsId === null) return { url, credential: null };
  const found = await credential(credentialsId, { item, build, purpose });
  if (found === null) throw new CredentialError(credentialsId);
  return { url, credential: found };
}

export async function fileAt(
  { repositories }: Pick<AskServices, 'repositories'>,
  address: RepositoryAddress,
  at: { readonly commit: string; readonly ref: string | null },
  path: string,
): Promise<string> {
  const { files } = await repositories.readFiles(address, at, [path]).catch((e: unknown) => {
    const { code, message } = e as { code?: string; message: string };
    if (code === 'MR_GIT_LARGE') throw new AskFailure({ code: 'MR_SCRIPT_MISSING', message });
    throw e;
  });
  const content = files.get(path) ?? null;
  if (content === null)
    throw new AskFailure({ code: 'MR_SCRIPT_MISSING', message: `Unable to find ${path} from git ${shownUrl(address.url)} at ${at.commit}` });
  return content.toString('utf8');
}

/** What a branch may be written with: parameters, and what a webhook told. */
function variablesOf(row: Row<'builds'>): Record<string, string> {
  const texts = Object.entries(parametersOf(row)).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return { ...originOf(row).variables, ...Object.fromEntries(texts) };
}

/** A restart has the facts of its original, too. */
async function revisionOfReplayed({ store }: AskServices, row: Row<'builds'>): Promise<BoundScript['revision'] | null> {
  const original = await originalOf(store.db, row);
  return original === null ? null : scriptRevision(store.db, original.id);
}
