/**
 * What a build's program begins with. A fresh one gets the facts of its job and its trigger, which its journal keeps; one
 * that has a journal goes on with that, whatever the job has become meanwhile.
 */

import type { BuildFacts, GitSpec, Json, LogRecord, ScmSpec } from '@millrace/pipeline';
import { restartedFacts } from '@millrace/pipeline/job';
import type { BranchDefinition, FreestyleConfig, PipelineConfig } from '@millrace/protocol';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { BranchBuild } from '../branches/branch-build.ts';
import { takesChecks } from '../branches/takes-checks.ts';
import { effectiveJob } from '../jobs/effective-job.ts';
import { CONTAINERS } from '../jobs/kinds.ts';
import type { RecordStores } from '../logs/build-record.ts';
import { BuildRecord } from '../logs/build-record.ts';
import { boundScript } from '../scm/bound-script.ts';
import { librariesOf } from '../scm/libraries.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { boundTemplate } from '../templates/bound-template.ts';
import type { AskServices } from './ask-context.ts';
import { AskFailure } from './ask-context.ts';
import { jobPath } from './job-path.ts';
import type { ParameterValue } from './records.ts';
import { causesOf, factsOf, originOf, parametersOf, parse } from './records.ts';
import { SEEN_COLUMNS, seenBuild } from './seen-build.ts';
import type { Begin } from './worker/messages.ts';

export interface BeginOptions {
  readonly services: AskServices;
  readonly row: Row<'builds'>;
  /** Of a job that a scan has made. */
  readonly branch: (row: Row<'builds'>, definition: BranchDefinition) => Promise<BranchBuild>;
  readonly blobs: BlobStore;
  readonly timeZone: string;
  readonly random: () => number;
}

export interface Beginning {
  readonly begin: Begin;
  readonly nextSeq: number;
  readonly logBytes: number;
}

/** How many earlier builds a program can look back on. */
const PREVIOUS = 10;

export async function beginningOf(options: BeginOptions): Promise<Beginning> {
  const { store } = options.services;
  const { row } = options;
  const chunks = await store.db
    .selectFrom('build_chunks')
    .select(['seq', 'journal', 'records', 'log', 'log_at'])
    .where('build_id', '=', row.id)
    .orderBy('seq')
    .execute();
  const item = await store.db.selectFrom('items').selectAll().where('id', '=', row.item_id).executeTakeFirst();
  if (item === undefined) throw new AskFailure({ code: 'MR_JOB_UNKNOWN', message: `the job ${row.job} is not there any more` });
  const last = chunks.at(-1);
  const nextSeq = (last?.seq ?? -1) + 1;
  const logBytes = last === undefined ? 0 : last.log_at + Buffer.byteLength(last.log ?? '');
  const lines = chunks.flatMap((c) => c.journal.split('\n').slice(0, -1));
  if (lines.length > 0) {
    const records = chunks.flatMap((c) => (c.records === '' ? [] : parse<{ pieces: LogRecord[] }>(c.records).pieces));
    return { begin: { lines, records }, nextSeq, logBytes };
  }
  const seed = [0, 0, 0, 0].map(() => Math.floor(options.random() * 2 ** 32));
  return { begin: { build: await freshFacts(options, item), seed }, nextSeq, logBytes };
}

async function freshFacts(options: BeginOptions, item: Row<'items'>): Promise<BuildFacts> {
  const own = await ownFacts(options, item);
  const { restart } = originOf(options.row);
  if (restart === undefined) return own;
  const original = await headerOf({ db: options.services.store.db, blobs: options.blobs }, item.id, restart.number);
  if (original === null) throw new AskFailure({ code: 'MR_BUILD_UNKNOWN', message: `#${restart.number}, which this build restarts, is not there any more` });
  const stashes = effectiveJob(item).preserveStashes > 0 ? await copyStashes(options, original.id) : [];
  const { number, startedAt, causes, env, previous } = own;
  return restartedFacts(original.facts, restart.stage, { number, startedAt, causes, env, previous, stashes });
}

/** What an earlier build began with: its journal's first line. */
export async function headerOf(stores: RecordStores, item: number, number: number): Promise<{ readonly id: number; readonly facts: BuildFacts } | null> {
  const row = await stores.db.selectFrom('builds').select(['id', 'record']).where('item_id', '=', item).where('number', '=', number).executeTakeFirst();
  const line = row === undefined ? null : await new BuildRecord(stores, row).journalHead();
  return row === undefined || line === null ? null : { id: row.id, facts: parse<{ build: BuildFacts }>(line).build };
}

/** Answers their names. */
async function copyStashes({ services, blobs, row }: BeginOptions, from: number): Promise<string[]> {
  const { store } = services;
  const stashes = await store.db.selectFrom('stashes').selectAll().where('build_id', '=', from).execute();
  for (const stash of stashes) {
    const blob = `builds/${row.id}/stash/from-${from}-${stash.blob.slice(stash.blob.lastIndexOf('/') + 1)}`;
    await blobs.put(blob, await blobs.read(stash.blob), { size: stash.size });
    await store.write((tx) =>
      tx
        .insertInto('stashes')
        .values({ ...stash, build_id: row.id, blob })
        .onConflict((c) => c.columns(['build_id', 'name']).doNothing())
        .execute(),
    );
  }
  return stashes.map((s) => s.name);
}

async function ownFacts(options: BeginOptions, item: Row<'items'>): Promise<BuildFacts> {
  const { row, services } = options;
  const { store } = services;
  const config = parse<JobConfig>(item.config);
  const origin = originOf(row);
  const installation = services.installation();
  const root = services.rootUrl();
  const declared = config.parameters.map((p) => p.name);
  const { script, scm, variables } = await definitionOf(config, origin.script ?? null, options);
  const checks = await takesChecks(store.db, row, config);
  return {
    job: row.job,
    number: row.number as number,
    startedAt: row.started_at as number,
    causes: causesOf(row),
    parameters: Object.fromEntries(Object.entries(parametersOf(row)).map(([name, value]) => [name, fileName(value)])),
    declared,
    env: {
      ...installation.env,
      ...(await folderVariables(store, item)),
      ...config.environment,
      ...origin.variables,
      ...usualVariables(row, root),
      ...(scm?.kind === 'git' && scm.branches[0] !== undefined ? { GIT_BRANCH_SPEC: scm.branches[0] } : {}),
      ...variables,
    },
    script,
    ...('definition' in config ? {} : { freestyle: { ...config, scm } }),
    scm,
    sandbox: true,
    libraries: [...(await librariesOf(store.db, row.job, installation.libraries)).values()].filter((l) => l.implicit).map((l) => l.name),
    timeZone: config.timeZone ?? options.timeZone,
    previous: await previousBuilds({ store, now: services.now() }, row, root),
    rootUrl: root,
    ...(checks === null ? {} : { checks }),
  };
}

type JobConfig = PipelineConfig | FreestyleConfig | (Omit<PipelineConfig, 'definition'> & { readonly definition: BranchDefinition });

interface Defined {
  readonly script: BuildFacts['script'];
  readonly scm: ScmSpec | null;
  readonly variables?: { readonly [name: string]: string };
}

async function definitionOf(config: JobConfig, edited: string | null, options: BeginOptions): Promise<Defined> {
  if (!('definition' in config)) return { script: { text: '', path: '' }, scm: config.scm === null ? null : gitSpec(config.scm) };
  const { definition } = config;
  const { services, row, branch } = options;
  switch (definition.kind) {
    case 'inline':
      return { script: { text: edited ?? definition.script, path: 'Jenkinsfile' }, scm: null };
    case 'template': {
      // What is replayed holds its parameters already; its library is that of the original (libraries.ts).
      const build = { id: row.id, itemId: row.item_id, job: row.job, number: row.number as number, priority: row.priority };
      return { script: { text: edited ?? (await boundTemplate(services, build, definition)), path: 'Jenkinsfile' }, scm: null };
    }
    case 'git': {
      const bound = await boundScript(services, row, definition, edited === null);
      return { script: { text: edited ?? bound.text, path: definition.path }, scm: { ...gitSpec(definition), revision: bound.revision } };
    }
    case 'branch': {
      const { path, read, scm, variables } = await branch(row, definition);
      return { script: { text: edited ?? (await read()), path }, scm, variables };
    }
  }
}

function gitSpec(source: { readonly url: string; readonly branch: string; readonly credentialsId: string | null }): GitSpec {
  return {
    kind: 'git',
    remotes: [{ url: source.url, name: 'origin', refspec: null, credentialsId: source.credentialsId }],
    branches: [source.branch],
    extensions: [],
  };
}

/** As Jenkins sets them. */
function usualVariables(row: Row<'builds'>, root: string): Record<string, string> {
  const number = String(row.number);
  const jobUrl = `${root}${jobPath(row.job)}`;
  const displayName = factsOf(row).displayName ?? `#${number}`;
  return {
    BUILD_NUMBER: number,
    BUILD_ID: number,
    BUILD_DISPLAY_NAME: displayName,
    JOB_NAME: row.job,
    JOB_BASE_NAME: row.job.slice(row.job.lastIndexOf('/') + 1),
    BUILD_TAG: `jenkins-${row.job.replaceAll('/', '-')}-${number}`,
    CI: 'true',
    JENKINS_URL: root,
    HUDSON_URL: root,
    JOB_URL: jobUrl,
    BUILD_URL: `${jobUrl}${number}/`,
    RUN_DISPLAY_URL: `${jobUrl}${number}/`,
  };
}

async function folderVariables(store: Store, item: Row<'items'>): Promise<Record<string, string>> {
  const parts = item.full_name.split('/').slice(0, -1);
  if (parts.length === 0) return {};
  const names = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  const folders = await store.db.selectFrom('items').select(['full_name', 'config']).where('full_name', 'in', names).where('kind', 'in', CONTAINERS).execute();
  folders.sort((a, b) => a.full_name.length - b.full_name.length);
  return Object.assign({}, ...folders.map((f) => parse<{ environment?: object }>(f.config).environment ?? {}));
}

async function previousBuilds(
  { store, now }: { readonly store: Store; readonly now: number },
  row: Row<'builds'>,
  root: string,
): Promise<BuildFacts['previous']> {
  const rows = await store.db
    .selectFrom('builds')
    .select(SEEN_COLUMNS)
    .where('item_id', '=', row.item_id)
    .where('number', '<', row.number as number)
    .orderBy('number', 'desc')
    .limit(PREVIOUS)
    .execute();
  // As the job is called now, which may have had another name then.
  return rows.map((r) => seenBuild({ ...r, job: row.job }, { root, now }));
}

/** Of an uploaded file the program sees its name. */
function fileName(value: ParameterValue): Json {
  return value !== null && typeof value === 'object' && '$file' in value ? value.name : (value as Json);
}
