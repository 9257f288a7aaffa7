/** What starts builds of a job by itself, as its configuration says; and the deliveries of webhooks. */
import { z } from 'zod';
import { id, itemPath, numberText, pageOf, pageQuery, text, time } from './common.ts';

const cronSpec = text(4_000).meta({ description: 'As Jenkins writes times: `H 2 * * 1-5`, `@daily`, lines, `TZ=Asia/Shanghai`.' });
/** Never shown: left out of a change it stays as it is. */
const token = text(1_000).nullable().default(null);
const expression = z.string().min(1).max(1_000);
const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name')
  .max(200);

export const trigger = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('cron'), spec: cronSpec }),
    z.strictObject({
      kind: z.literal('poll'),
      spec: cronSpec,
      ignorePostCommitHooks: z.boolean().default(false),
      ignore: z
        .strictObject({
          includedPaths: z.array(expression).max(100).default([]),
          excludedPaths: z.array(expression).max(100).default([]),
          users: z.array(z.string().max(200)).max(100).default([]),
          message: z.union([expression, z.literal('')]).default(''),
        })
        .optional()
        .meta({ description: 'Changes that start nothing: regular expressions of whole paths and messages; names or addresses of authors.' }),
    }),
    z
      .strictObject({ kind: z.literal('push'), token })
      .meta({ description: 'A forge tells of a push to the branch of the job’s repository, or to what its last good build has checked out.' }),
    z
      .strictObject({
        kind: z.literal('gitlab'),
        token,
        triggerOnPush: z.boolean().default(true),
        triggerToBranchDeleteRequest: z.boolean().default(false),
        triggerOnMergeRequest: z.boolean().default(true),
        triggerOnlyIfNewCommitsPushed: z.boolean().default(false),
        triggerOnAcceptedMergeRequest: z.boolean().default(false),
        triggerOnClosedMergeRequest: z.boolean().default(false),
        triggerOnApprovedMergeRequest: z.boolean().default(false),
        triggerOpenMergeRequestOnPush: z.enum(['never', 'source', 'both']).nullable().default(null),
        triggerOnNoteRequest: z.boolean().default(true),
        noteRegex: text(1_000).default('').meta({ description: 'Of a whole comment; empty: comments start nothing.' }),
        ciSkip: z.boolean().default(true).meta({ description: '`[ci-skip]` in the message or the description starts nothing.' }),
        skipWorkInProgressMergeRequest: z.boolean().default(false),
        labelsThatForcesBuildIfAdded: text(2_000).default(''),
        setBuildDescription: z.boolean().default(true),
        branchFilterType: z.enum(['All', 'NameBasedFilter', 'RegexBasedFilter']).default('All'),
        includeBranchesSpec: text(2_000).default(''),
        excludeBranchesSpec: text(2_000).default(''),
        sourceBranchRegex: text(1_000).default(''),
        targetBranchRegex: text(1_000).default(''),
        mergeRequestLabelFilterConfig: z
          .strictObject({ include: text(2_000).default(''), exclude: text(2_000).default('') })
          .default({ include: '', exclude: '' }),
      })
      .meta({ description: 'Pushes, merge requests and comments of GitLab, with the options of the gitlab-plugin.' }),
    z
      .strictObject({
        kind: z.literal('repository'),
        url: z.string().min(1).max(2_000),
        branches: z.array(z.string().min(1).max(500)).max(100).default(['*']),
      })
      .meta({ description: 'A push to another repository, such as a shared library.' }),
    z.strictObject({
      kind: z.literal('upstream'),
      jobs: z.array(itemPath).min(1).max(200),
      threshold: z.enum(['SUCCESS', 'UNSTABLE', 'FAILURE', 'ABORTED']).default('SUCCESS'),
    }),
    z.strictObject({ kind: z.literal('token'), token }).meta({ description: 'Whoever knows the token starts it by its address, without a login.' }),
    z
      .strictObject({
        kind: z.literal('generic'),
        token,
        variables: z
          .array(
            z.strictObject({
              name: variableName,
              path: text(1_000).meta({ description: 'JSONPath into the body: `$.repository.name`.' }),
              default: text(10_000).default(''),
              remove: text(1_000).default('').meta({ description: 'A regular expression: what matches is left out of the value.' }),
            }),
          )
          .max(100)
          .default([]),
        headers: z.array(z.string().min(1).max(200)).max(50).default([]),
        query: z.array(variableName).max(50).default([]),
        filterText: text(4_000).default(''),
        filterExpression: text(1_000).default(''),
        cause: text(1_000).default('Generic Cause'),
      })
      .meta({ description: 'Any request with JSON: what JSONPath finds in it become parameters.' }),
  ])
  .meta({ id: 'Trigger' });
export type JobTrigger = z.infer<typeof trigger>;

export const deliveryOutcome = z
  .strictObject({
    item: z.string(),
    queue: id.nullable().meta({ description: 'Of what was started or merged into; null: nothing was.' }),
    what: z.string(),
  })
  .meta({ id: 'DeliveryOutcome' });
export type DeliveryOutcome = z.infer<typeof deliveryOutcome>;

export const deliverySummary = z
  .strictObject({
    id,
    provider: z.string(),
    name: z.string().meta({ description: 'What the sender calls it: `push`, `pull_request`, …' }),
    at: time,
    address: z.string().nullable(),
    repository: z.string().nullable(),
    state: z.enum(['received', 'handled', 'failed']),
    handledAt: time.nullable(),
    outcomes: z.array(deliveryOutcome).meta({ description: 'The first of them.' }),
    started: z.int(),
  })
  .meta({ id: 'DeliverySummary' });
export type DeliverySummary = z.infer<typeof deliverySummary>;
export const delivery = deliverySummary
  .extend({ body: z.string().meta({ description: 'The beginning of what was sent.' }), event: z.unknown() })
  .meta({ id: 'Delivery' });
export const deliveryPage = pageOf(deliverySummary);
export const deliveryParams = z.strictObject({ id: numberText(1) });
export const deliveryQuery = z.strictObject({ ...pageQuery });
export const deliveryAccepted = z.strictObject({ delivery: id, known: z.boolean().meta({ description: 'It had come before, and is not handled again.' }) });

export const jobTriggers = z
  .strictObject({
    triggers: z.array(
      z.strictObject({
        kind: z.string(),
        from: z.enum(['configuration', 'Jenkinsfile']),
        text: z.string().meta({ description: 'In short: the times, the repository, the jobs.' }),
        nextAt: time.nullable(),
        lastAt: time.nullable(),
        last: z.string().nullable().meta({ description: 'What the last look found.' }),
        problem: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'JobTriggers' });
