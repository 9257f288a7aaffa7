/**
 * What a user says about a job: the `config` of folders, pipeline jobs and freestyle jobs. One source for validation, types and
 * OpenAPI. Times are in the unit that the name tells. Unknown fields are refused.
 */
import { z } from 'zod';
import { apiUrl, forgeKind } from './forge-place.ts';
import { trigger } from './triggers.ts';

const text = (max: number): z.ZodString => z.string().max(max);
const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name'), text(32_768));

/** As Jenkins' parameter kinds. */
export const parameterDefinition = z
  .strictObject({
    type: z.enum(['string', 'text', 'boolean', 'choice', 'password', 'file', 'run', 'credentials']),
    name: z.string().min(1).max(200),
    description: text(10_000).default(''),
    default: z.union([z.string(), z.boolean(), z.null()]).default(null),
    choices: z.array(z.string()).max(1_000).optional(),
    trim: z.boolean().optional(),
    /** Of `run`: whose builds. */
    job: z.string().optional(),
    /** Of `credentials`: the kind. */
    credentialType: z.string().optional(),
    required: z.boolean().optional(),
  })
  .meta({ id: 'ParameterDefinition' });
export type ParameterDefinition = z.infer<typeof parameterDefinition>;

export const gitSource = z
  .strictObject({
    kind: z.literal('git'),
    url: z.string().min(1).max(2_000),
    branch: z.string().min(1).max(500).default('main'),
    credentialsId: z.string().max(200).nullable().default(null),
    /** The Jenkinsfile in it. */
    path: z.string().min(1).max(500).default('Jenkinsfile'),
    /** As Jenkins has it. The Jenkinsfile is always read alone, without a checkout: false changes nothing. */
    lightweight: z.boolean().default(true),
  })
  .meta({ id: 'GitSource' });
export type GitSource = z.infer<typeof gitSource>;

export const libraryName = z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, _ . -');
export const libraryVersion = z.string().min(1).max(250).meta({ description: 'A branch, which is followed, a tag or a commit.' });
export const templateName = z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'letters, digits, _ . -');
/** A pipeline that a library offers: the job holds its parameters alone. */
export const templateDefinition = z
  .strictObject({
    kind: z.literal('template'),
    library: libraryName,
    template: templateName,
    version: libraryVersion.nullable().default(null).meta({ description: 'Null: what the library says.' }),
    parameters: z
      .record(text(200), z.unknown())
      .default({})
      .meta({ description: 'As the schema of the template tells. Defaults are those of the version that a build runs.' }),
  })
  .meta({ id: 'TemplateDefinition' });
export type TemplateDefinition = z.infer<typeof templateDefinition>;

export const pipelineDefinition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('inline'), script: text(2_000_000) }),
  gitSource,
  templateDefinition,
]);
export type PipelineDefinition = z.infer<typeof pipelineDefinition>;

export const retention = z
  .strictObject({
    builds: z.int().min(1).nullable().default(null),
    days: z.int().min(1).nullable().default(null),
    artifactBuilds: z.int().min(1).nullable().default(null),
    artifactDays: z.int().min(1).nullable().default(null),
  })
  .meta({ id: 'Retention' });
export type Retention = z.infer<typeof retention>;

/** Who is told of the ends of builds, and of which. */
export const notificationRule = z
  .strictObject({
    channel: z.string().min(1).max(100).meta({ description: 'The name of a channel of the configuration.' }),
    on: z
      .array(z.enum(['changed', 'failure', 'unstable', 'fixed', 'success', 'aborted', 'always']))
      .max(10)
      .default(['changed'])
      .meta({
        description:
          'changed: the first build that fails or is unstable, and the first that is good again. Empty: never, also where a folder above says otherwise.',
      }),
    to: z.array(z.string().min(1).max(500)).max(100).default([]).meta({
      description:
        'Of e-mail: addresses, culprits, developers, requestor, upstreamDevelopers, brokenBuildSuspects, brokenTestsSuspects. Of Slack: a channel. Of other chats: who is mentioned.',
    }),
  })
  .meta({ id: 'NotificationRule' });
export type NotificationRule = z.infer<typeof notificationRule>;
const notificationRules = z.array(notificationRule).max(50).default([]);

/** Of a job that is no branch: its builds are told at the commit that they are made of. */
export const commitStatus = z
  .strictObject({
    forge: forgeKind
      .nullable()
      .default(null)
      .meta({ description: 'Null: by the address of the repository, where that is at github.com, gitlab.com or bitbucket.org.' }),
    apiUrl,
    credentialsId: z.string().max(200).nullable().default(null).meta({ description: 'Null: those that the repository is read with.' }),
    context: z.string().min(1).max(200).nullable().default(null).meta({ description: 'Null: `continuous-integration/millrace`.' }),
  })
  .meta({ id: 'CommitStatus' });
export type CommitStatusConfig = z.infer<typeof commitStatus>;

const jobCommon = {
  parameters: z.array(parameterDefinition).max(200).default([]),
  environment: variables.default({}),
  quietPeriodSeconds: z.int().min(0).max(86_400).nullable().default(null),
  concurrent: z.enum(['allow', 'wait', 'abortPrevious']).default('allow'),
  throttle: z
    .strictObject({ maxPerJob: z.int().min(1).nullable().default(null), categories: z.array(z.string()).default([]) })
    .nullable()
    .default(null),
  retention: retention.nullable().default(null),
  /** Higher goes first. */
  priority: z.int().min(-100).max(100).default(0),
  /** Only controllers with this label run it; null: any. */
  controllerLabel: z.string().max(200).nullable().default(null),
  timeZone: z.string().max(100).nullable().default(null),
  /** What starts it by itself, beside what its Jenkinsfile says. */
  triggers: z.array(trigger).max(50).default([]),
  /** For each channel the nearest holds: the job's own, then those of its folders. */
  notifications: notificationRules,
  commitStatus: commitStatus
    .nullable()
    .default(null)
    .meta({ description: 'Where the job reads a repository at GitHub, GitLab, Gitea or Bitbucket: tells its builds there. Null: nothing is told.' }),
};

export const pipelineConfig = z.strictObject({ definition: pipelineDefinition, ...jobCommon }).meta({ id: 'PipelineConfig' });
export type PipelineConfig = z.infer<typeof pipelineConfig>;

export const freestyleConfig = z
  .strictObject({
    scm: gitSource.omit({ path: true, lightweight: true }).nullable().default(null),
    label: z.string().max(1_000).nullable().default(null),
    steps: z.array(z.strictObject({ shell: text(1_000_000) })).max(200),
    artifacts: z
      .strictObject({
        includes: z.string(),
        excludes: z.string().nullable().default(null),
        allowEmpty: z.boolean().default(false),
        fingerprint: z.boolean().default(false),
        onlyIfSuccessful: z.boolean().default(false),
      })
      .nullable()
      .default(null),
    tests: z
      .strictObject({ includes: z.string(), allowEmptyResults: z.boolean().default(false), keepLongStdio: z.boolean().default(false) })
      .nullable()
      .default(null),
    timeoutMinutes: z.int().min(1).nullable().default(null),
    wipeWorkspace: z.boolean().default(false),
    downstream: z
      .strictObject({ jobs: z.array(z.string()).min(1), threshold: z.enum(['SUCCESS', 'UNSTABLE', 'FAILURE']).default('SUCCESS') })
      .nullable()
      .default(null),
    ...jobCommon,
  })
  .meta({ id: 'FreestyleConfig' });
export type FreestyleConfig = z.infer<typeof freestyleConfig>;

/** A shared library of a folder: its jobs and those below may use it, and a nearer one of the same name goes before it. */
export const folderLibrary = z
  .strictObject({
    name: libraryName,
    url: z.string().min(1).max(2_000),
    credentialsId: z.string().max(200).nullable().default(null),
    version: z.string().min(1).max(250).nullable().default(null).meta({ description: 'Where a script names none: a branch, a tag or a commit.' }),
    implicit: z.boolean().default(false).meta({ description: 'Loaded by each build, without @Library.' }),
    allowVersionOverride: z.boolean().default(true),
    includeInChangesets: z.boolean().default(true),
    libraryPath: z.string().max(500).default('').meta({ description: 'Where vars, src and resources are in the repository.' }),
    caching: z
      .strictObject({
        refreshMinutes: z.number().int().min(0).max(525_600).meta({ description: 'So long a version means the same commit; 0: for ever.' }),
        excludedVersions: z.array(z.string().min(1).max(250)).max(50).default([]),
      })
      .nullable()
      .default(null),
  })
  .meta({ id: 'FolderLibrary' });
export type FolderLibrary = z.infer<typeof folderLibrary>;

export const folderConfig = z
  .strictObject({
    environment: variables.default({}),
    libraries: z.array(folderLibrary).max(100).default([]),
    /** Of its share of executors where they are scarce. */
    weight: z.number().min(0.01).max(1_000).default(1),
    /** Of all jobs in it. */
    notifications: notificationRules,
  })
  .meta({ id: 'FolderConfig' });
export type FolderConfig = z.infer<typeof folderConfig>;

export type JobConfig = PipelineConfig | FreestyleConfig;
