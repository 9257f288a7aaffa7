/** Builds and what belongs to them, as the API shows and takes them. */
import { z } from 'zod';
import { count, flagText, id, itemPath, numberText, pageOf, pageQuery, text, time } from './common.ts';

export const buildState = z.enum(['queued', 'running', 'ended', 'cancelled']);
export const result = z.enum(['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']);

const testCounts = z.strictObject({ total: count, failed: count, skipped: count });
export const cause = z.strictObject({ type: z.string(), text: z.string(), data: z.record(z.string(), z.unknown()).optional() }).meta({ id: 'Cause' });
export const why = z
  .strictObject({ state: z.string(), code: z.string(), message: z.string(), fields: z.record(z.string(), z.union([z.string(), z.number()])) })
  .meta({ id: 'Why', description: 'Why something waits: a code for machines, words for people.' });
export const timelineEntry = why.extend({ at: time }).meta({ id: 'TimelineEntry' });

export const buildSummary = z
  .strictObject({
    id,
    job: itemPath,
    number: z.int().nullable().meta({ description: 'Null until it starts.' }),
    state: buildState,
    result: result.nullable(),
    displayName: z.string(),
    description: z.string().nullable(),
    queuedAt: time,
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    kept: z.boolean(),
    tests: testCounts.nullable(),
  })
  .meta({ id: 'BuildSummary' });
export type BuildSummary = z.infer<typeof buildSummary>;
export const buildPage = pageOf(buildSummary);

/** Another build that started this one, or that this one started. */
export const buildLink = z
  .strictObject({ id, job: itemPath, number: z.int().nullable(), state: buildState, result: result.nullable(), waited: z.boolean() })
  .meta({ id: 'BuildLink' });
export const parameterValue = z.union([z.string(), z.boolean(), z.null(), z.strictObject({ file: z.string() })]);

export const build = buildSummary
  .extend({
    causes: z.array(cause),
    parameters: z.record(z.string(), parameterValue).meta({ description: 'Passwords are null.' }),
    priority: z.int(),
    quietUntil: time,
    why: why.nullable(),
    timeline: z.array(timelineEntry),
    owner: z.string().nullable(),
    abort: z.strictObject({ by: z.string().nullable(), hard: z.boolean(), because: z.string().nullable() }).nullable(),
    logBytes: count,
    nodes: z.array(z.string()),
    changes: z.array(z.unknown()),
    failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    origin: z.strictObject({
      replayOf: z.int().nullable(),
      rebuildOf: z.int().nullable(),
      restart: z.strictObject({ number: z.int(), stage: z.string() }).nullable(),
    }),
    upstream: z.array(buildLink),
    downstream: z.array(buildLink),
    waitingInputs: count,
  })
  .meta({ id: 'Build' });
export type Build = z.infer<typeof build>;

/** Files come as parts of multipart/form-data, named as their parameters. */
export const trigger = z
  .strictObject({
    parameters: z.record(z.string().max(200), z.union([text(1_000_000), z.boolean(), z.number()])).default({}),
    quietSeconds: z.int().min(0).max(86_400).nullable().default(null),
    cause: text(500).optional().meta({ description: 'Why, in words; shown beside the user.' }),
  })
  .meta({ id: 'Trigger' });
export type Trigger = z.infer<typeof trigger>;
export const queueAnswer = z
  .strictObject({ id, merged: z.boolean().meta({ description: 'The same request waited already, and this one joined it.' }) })
  .meta({ id: 'Queued' });

export const buildParams = z.strictObject({ path: itemPath, number: numberText(1, 2_147_483_647) });
export const buildListQuery = z.strictObject({ ...pageQuery, state: buildState.optional(), result: result.optional() });
export const buildChange = z
  .strictObject({ displayName: text(500).nullable().optional(), description: text(100_000).nullable().optional(), kept: z.boolean().optional() })
  .meta({ id: 'BuildChange' });
export const abort = z
  .strictObject({ hard: z.boolean().default(false).meta({ description: 'Ends at once: `catch` and `post` do not run.' }) })
  .meta({ id: 'Abort' });
export const replay = z.strictObject({ script: text(2_000_000).optional().meta({ description: 'In place of what it ran.' }) }).meta({ id: 'Replay' });
export const restart = z.strictObject({ stage: z.string().min(1).max(1_000) }).meta({ id: 'Restart' });
export const script = z.strictObject({ text: z.string(), path: z.string() }).meta({ id: 'Script' });

export const flowNode = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['start', 'end', 'step', 'block', 'body', 'body-end', 'block-end']),
    step: z.string(),
    label: z.string().nullable(),
    parent: z.string().nullable(),
    startId: z.string().nullable(),
    startedAt: time,
    endedAt: time.nullable(),
    state: z.enum(['running', 'waiting', 'done', 'failed', 'interrupted']),
    error: z.string().nullable(),
    mark: z.strictObject({ result: z.string(), message: z.string() }).nullable(),
    facts: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'FlowNode' });
export const tree = z.strictObject({ nodes: z.array(flowNode) }).meta({ id: 'Tree' });

export const stageStatus = z.enum(['running', 'waiting', 'success', 'unstable', 'failed', 'aborted', 'skipped']);
export const stageStep = z.strictObject({
  node: z.string(),
  step: z.string(),
  label: z.string().nullable(),
  status: stageStatus,
  startedAt: time,
  durationMs: z.number().nullable().meta({ description: 'Null while it runs.' }),
  error: z.string().nullable(),
  log: z.boolean().meta({ description: 'Whether it printed something: `log?node=`.' }),
});
export type Stage = {
  readonly node: string;
  readonly name: string;
  readonly kind: 'stage' | 'parallel';
  readonly status: z.infer<typeof stageStatus>;
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly error: string | null;
  readonly log: boolean;
  readonly steps: z.infer<typeof stageStep>[];
  readonly stages: Stage[];
};
export const stage: z.ZodType<Stage> = z
  .strictObject({
    node: z.string(),
    name: z.string(),
    kind: z.enum(['stage', 'parallel']),
    status: stageStatus,
    startedAt: time,
    durationMs: z.number().nullable(),
    error: z.string().nullable(),
    log: z.boolean(),
    steps: z.array(stageStep),
    get stages() {
      return z.array(stage);
    },
  })
  .meta({ id: 'Stage', description: 'A stage, or a branch of `parallel`.' });
export const stages = z.strictObject({ stages: z.array(stage), steps: z.array(stageStep) }).meta({ id: 'Stages' });

export const input = z
  .strictObject({
    id: z.string(),
    message: z.string(),
    ok: z.string(),
    submitter: z.string().nullable(),
    parameters: z.array(z.looseObject({ type: z.string(), name: z.string() })),
    since: time,
    allowed: z.boolean().meta({ description: 'Whether who asks may answer it.' }),
  })
  .meta({ id: 'Input' });
export const inputAnswer = z
  .strictObject({ values: z.record(z.string().max(200), z.union([text(1_000_000), z.boolean(), z.number()])).default({}) })
  .meta({ id: 'InputAnswer' });

export const testStatus = z.enum(['passed', 'failed', 'skipped']);
export const testCase = z
  .strictObject({
    key: z.string(),
    suite: z.string(),
    className: z.string(),
    name: z.string(),
    status: testStatus,
    seconds: z.number(),
    message: z.string().nullable(),
    trace: z.string().nullable(),
    stdout: z.string().nullable(),
    stderr: z.string().nullable(),
  })
  .meta({ id: 'TestCase' });
export const testPage = pageOf(testCase);
export const testSuite = z.strictObject({ name: z.string(), total: count, failed: count, skipped: count, seconds: z.number() }).meta({ id: 'TestSuite' });
export const testHistory = z
  .strictObject({
    key: z.string(),
    entries: z.array(z.strictObject({ number: z.int(), build: id, status: testStatus, seconds: z.number(), at: time.nullable() })),
    flakiness: z.number().meta({ description: 'Changes between passed and failed, as a share of the possible ones: 0 never, 1 at every build.' }),
    flips: count,
  })
  .meta({ id: 'TestHistory' });
export const testListQuery = z.strictObject({ ...pageQuery, status: testStatus.optional(), suite: z.string().max(1_000).optional() });
export const testHistoryQuery = z.strictObject({ builds: numberText(1, 500).default(50) });

export const change = z
  .strictObject({
    n: count.meta({ description: 'Its place among those of the build.' }),
    commit: z.string().nullable(),
    author: z.string(),
    email: z.string(),
    at: time,
    title: z.string(),
    comment: z.string(),
    files: z.array(z.strictObject({ edit: z.enum(['add', 'edit', 'delete']), path: z.string() })),
    /** Of a shared library; null: of what was checked out. */
    library: z.string().nullable(),
  })
  .meta({ id: 'Change' });
export const changePage = pageOf(change);
export const buildRevisions = z
  .strictObject({
    revisions: z.array(
      z.strictObject({
        kind: z.enum(['checkout', 'script', 'library']),
        library: z.string().nullable(),
        url: z.string(),
        branch: z.string().meta({ description: 'As origin/main; detached. Of a library, the version.' }),
        commit: z.string(),
        poll: z.boolean().meta({ description: 'A change of it may start a build.' }),
        moreChanges: z.boolean().meta({ description: 'It had more changes than were kept.' }),
      }),
    ),
    culprits: z
      .array(z.strictObject({ name: z.string(), email: z.string() }))
      .meta({ description: 'Who has changed something since the last build that was a success, at most 100.' }),
  })
  .meta({ id: 'BuildRevisions' });

export const artifact = z
  .strictObject({ path: z.string(), size: count, md5: z.string(), sha256: z.string(), fingerprint: z.boolean() })
  .meta({ id: 'Artifact' });
export const artifactPage = pageOf(artifact);
export const artifactParams = buildParams.extend({ file: z.string().min(1).max(4_000) });
export const artifactListQuery = z.strictObject({ ...pageQuery, folder: z.string().max(4_000).optional() });
export const archiveQuery = z.strictObject({ folder: z.string().max(4_000).optional() });

export const reportPage = z.strictObject({ path: z.string(), title: z.string() });
export const report = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    urlName: z.string().meta({ description: 'As Jenkins has it in addresses.' }),
    pages: z.array(reportPage).meta({ description: 'The files that it begins with.' }),
    files: count,
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof report>;
export const reportList = z.strictObject({ reports: z.array(report) });
export const jobReport = report.extend({ number: z.int().meta({ description: 'Of the build.' }), startedAt: time.nullable() }).meta({ id: 'JobReport' });
export type JobReport = z.infer<typeof jobReport>;
export const jobReportList = z.strictObject({ reports: z.array(jobReport) });
export const reportParams = buildParams.extend({ report: z.string().min(1).max(500), file: z.string().max(4_000) });

export const fingerprint = z
  .strictObject({
    md5: z.string(),
    uses: z.array(z.strictObject({ job: itemPath, number: z.int(), build: id, path: z.string(), size: count, sha256: z.string() })),
  })
  .meta({ id: 'Fingerprint' });

export const logQuery = z.strictObject({
  from: numberText(0).default(0),
  to: numberText(0).optional(),
  line: numberText(1).optional(),
  lines: numberText(1).optional(),
  format: z.enum(['text', 'lines']).default('text'),
  node: z.string().max(50).optional(),
  follow: flagText.default(false),
  count: flagText.default(false).meta({ description: 'Tells in x-log-lines how many lines have ended.' }),
});
export const logLine = z
  .strictObject({ n: z.int().optional(), at: time, node: z.string(), text: z.string() })
  .meta({ id: 'LogLine', description: 'n: the line’s number, where the answer begins at the log’s start or at a line.' });
