/** Folders and jobs, as the API shows and takes them. */
import { z } from 'zod';
import { branchDefinition, multibranchConfig, organizationConfig } from './branch-config.ts';
import { buildSummary } from './builds.ts';
import { count, flagText, id, itemName, itemPath, numberText, pageOf, pageQuery, pathName, text, time } from './common.ts';
import { folderConfig, freestyleConfig, parameterDefinition, pipelineConfig } from './job-config.ts';

export const itemKind = z.enum(['folder', 'pipeline', 'freestyle', 'multibranch', 'organization']);
const common = { path: itemPath, name: pathName, kind: itemKind, description: z.string(), disabled: z.boolean() };

export const health = z
  .strictObject({ good: count, count })
  .meta({ id: 'Health', description: 'Of the last builds that succeeded, were unstable or failed (five at most), how many did not fail.' });
export const itemSummary = z
  .strictObject({
    ...common,
    running: count.meta({ description: 'Builds of the job, or below the folder, that run.' }),
    queued: count,
    lastBuild: buildSummary.nullable(),
    health: health.nullable().meta({ description: 'Null: no build has told anything yet; folders have none.' }),
    lastDurationMs: count.nullable().meta({ description: 'Of the last build that has ended.' }),
    estimatedMs: count.nullable().meta({ description: 'How long a build is expected to take, from those before.' }),
    favourite: z.boolean().meta({ description: 'Of who asks.' }),
  })
  .meta({ id: 'ItemSummary' });
export type ItemSummary = z.infer<typeof itemSummary>;
export const itemPage = pageOf(itemSummary);

/** What holds for a job's parameters: its configuration and what its Jenkinsfile declares. Defaults of passwords are never shown. */
export const shownParameter = z
  .looseObject({ type: z.string(), name: z.string(), description: z.string().nullable(), default: z.union([z.string(), z.boolean()]).nullable() })
  .meta({ id: 'JobParameter' });

/** A branch's job: what its multibranch job says. */
export const branchJobConfig = pipelineConfig.extend({ definition: branchDefinition }).meta({ id: 'BranchJobConfig' });

/** Where a branch's job comes from. */
export const branchOf = z
  .strictObject({
    kind: z.enum(['branch', 'tag', 'change']),
    name: z.string().meta({ description: 'BRANCH_NAME' }),
    primary: z.boolean(),
    commit: z.string().nullable().meta({ description: 'As it was seen last.' }),
    goneAt: time.nullable().meta({ description: 'Since when it is not there any more.' }),
    title: z.string().nullable(),
    url: z.string().nullable(),
    author: z.string().nullable(),
    target: z.string().nullable(),
  })
  .meta({ id: 'Branch' });

export const item = z
  .strictObject({
    ...common,
    revision: z.int(),
    createdAt: time,
    updatedAt: time,
    config: z.union([pipelineConfig, branchJobConfig, freestyleConfig, multibranchConfig, organizationConfig, folderConfig]),
    /** Of jobs; null for folders. */
    parameters: z.array(shownParameter).nullable(),
    nextNumber: z.int().nullable(),
    lastBuild: buildSummary.nullable(),
    branch: branchOf.nullable().meta({ description: "Of a branch's job." }),
  })
  .meta({ id: 'Item' });
export type Item = z.infer<typeof item>;

const about = {
  folder: itemPath.nullable().default(null).meta({ description: 'Where it is made; null: at the top.' }),
  name: itemName,
  description: text(10_000).default(''),
};
export const newItem = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...about, kind: z.literal('folder'), config: folderConfig.prefault({}) }),
    z.strictObject({ ...about, kind: z.literal('pipeline'), config: pipelineConfig }),
    z.strictObject({ ...about, kind: z.literal('freestyle'), config: freestyleConfig }),
    z.strictObject({ ...about, kind: z.literal('multibranch'), config: multibranchConfig }),
    z.strictObject({ ...about, kind: z.literal('organization'), config: organizationConfig }),
  ])
  .meta({ id: 'NewItem' });
export type NewItem = z.infer<typeof newItem>;

/** The configuration of the item's kind, whole. */
export const itemConfig = z.union([pipelineConfig, freestyleConfig, multibranchConfig, organizationConfig, folderConfig]).meta({ id: 'ItemConfig' });
export type ItemConfig = z.infer<typeof itemConfig>;
export const itemChange = z.strictObject({ description: text(10_000).optional(), disabled: z.boolean().optional() }).meta({ id: 'ItemChange' });
export const itemPlace = z.strictObject({ folder: itemPath.nullable(), name: itemName }).meta({ id: 'ItemPlace' });
export const itemRename = z.strictObject({ name: itemName }).meta({ id: 'ItemRename' });
export const itemMove = z.strictObject({ folder: itemPath.nullable() }).meta({ id: 'ItemMove' });

export const itemParams = z.strictObject({ path: itemPath });
export const itemListQuery = z.strictObject(pageQuery);
export const itemDeleteQuery = z.strictObject({ recursive: flagText.default(false), abort: flagText.default(false) });
export const scanRun = z
  .strictObject({
    id,
    kind: z.enum(['scan', 'event']).meta({ description: '`event`: a look at the refs that an event named.' }),
    state: z.enum(['running', 'success', 'failure', 'lost']).meta({ description: '`lost`: its controller was; another run went on in its place.' }),
    causes: z.array(z.string()),
    failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    startedAt: time,
    endedAt: time.nullable(),
    logBytes: count,
  })
  .meta({ id: 'ScanRun' });
/** Of a multibranch job or organization folder, the newest first. */
export const scans = z
  .strictObject({
    dueAt: time.nullable().meta({ description: 'When it is scanned next; null: when somebody asks.' }),
    waitingEvents: count.meta({ description: 'Refs that events named and that are to be looked at.' }),
    waitingBuilds: count.meta({ description: 'Branches whose builds follow when there is room in the queue.' }),
    runs: z.array(scanRun),
  })
  .meta({ id: 'Scans' });
export type Scans = z.infer<typeof scans>;
export const scanParams = z.strictObject({ path: itemPath, run: numberText(1) });
/** What the step `cache` has kept of a job. */
export const jobCaches = z
  .strictObject({
    caches: z.array(
      z.strictObject({
        key: z.string(),
        bytes: count.meta({ description: 'As they are stored.' }),
        build: z.int().nullable().meta({ description: 'The number of the build that saved it; null: it was deleted.' }),
        createdAt: time,
        usedAt: time,
      }),
    ),
  })
  .meta({ id: 'JobCaches' });
export const jobCachesQuery = z.strictObject({ key: z.string().min(1).max(1_000).optional().meta({ description: 'Of this key alone.' }) });
export const parameterDefinitions = z.array(parameterDefinition);
