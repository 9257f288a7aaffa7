/**
 * What a user says about a multibranch job and an organization folder. Defaults are those of Jenkins' branch sources, where it
 * has the same choice.
 */
import { z } from 'zod';
import { apiUrl, forgeKind } from './forge-place.ts';
import { retention } from './job-config.ts';

const text = (max: number): z.ZodString => z.string().max(max);
const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name'), text(32_768));
const credentialsId = z.string().max(200).nullable().default(null);
const address = z.string().min(1).max(2_000);

/** Names by wildcards (`*`, several with blanks between them) and, where given, by a regular expression for the whole name. */
export const nameFilter = z
  .strictObject({ includes: text(5_000).default('*'), excludes: text(5_000).default(''), regex: text(500).nullable().default(null) })
  .meta({ id: 'NameFilter' });
export type NameFilter = z.infer<typeof nameFilter>;

const branches = z.enum(['none', 'all', 'exceptChanges', 'onlyChanges']);
const changes = z.enum(['none', 'head', 'merge', 'both']);
export const trust = z.enum(['nobody', 'contributors', 'permission', 'everyone']);
export type Trust = z.infer<typeof trust>;

const ofGit = { branches: branches.default('all'), tags: z.boolean().default(false), filter: nameFilter.prefault({}) };
const ofForge = {
  ...ofGit,
  branches: branches.default('exceptChanges'),
  /** Pull requests whose branch is in the repository itself. */
  originChanges: changes.default('merge'),
  forkChanges: changes.default('merge'),
  /** Whose pull requests from forks run their own Jenkinsfile; others run the target's. */
  trust: trust.default('permission'),
};

export const branchSource = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('git'), url: address, credentialsId, ...ofGit }),
    ...forgeKind.options.map((kind) =>
      z.strictObject({
        kind: z.literal(kind),
        apiUrl,
        /** `owner/name`; at GitLab with all its groups, at Bitbucket Data Center `PROJECT/name` or `~user/name`. */
        repository: z
          .string()
          .max(500)
          .regex(/^[^\s/?#]+(\/[^\s/?#]+)+$/, 'owner/name'),
        /** Where git reads; null: over HTTPS from the forge. */
        url: address.nullable().default(null),
        credentialsId,
        ...ofForge,
      }),
    ),
  ])
  .meta({ id: 'BranchSource' });
export type BranchSourceConfig = z.infer<typeof branchSource>;
export type ForgeSourceConfig = Exclude<BranchSourceConfig, { kind: 'git' }>;

export const orphans = z
  .strictObject({
    /** False: jobs whose branch is gone stay, disabled. */
    prune: z.boolean().default(true),
    days: z.int().min(1).max(36_500).nullable().default(null),
    number: z.int().min(1).max(100_000).nullable().default(null),
  })
  .meta({ id: 'Orphans' });
export type Orphans = z.infer<typeof orphans>;

/** As the traits of Jenkins' github-checks plug-in have them. Of GitHub with the credentials of an App alone. */
export const checksConfig = z
  .strictObject({
    enabled: z.boolean().default(true).meta({ description: 'Each build is a check run.' }),
    name: z.string().min(1).max(200).default('Millrace'),
    unstable: z.enum(['failure', 'neutral']).default('failure').meta({ description: 'What an unstable build is told as.' }),
    logs: z.boolean().default(true).meta({ description: 'With the last lines of failed steps.' }),
  })
  .meta({ id: 'Checks' });
export type ChecksConfig = z.infer<typeof checksConfig>;

const scanMinutes = z.int().min(1).max(100_000).nullable();

/** What holds for all branches of one repository. */
const rules = {
  path: z
    .string()
    .min(1)
    .max(500)
    .regex(/^(?!\/)(?!.*(^|\/)\.{1,2}(\/|$))[^\0]*[^/\0]$/, 'a path in the repository')
    .default('Jenkinsfile'),
  orphans: orphans.prefault({}),
  /** What is built by itself. */
  build: z
    .strictObject({
      branches: z.boolean().default(true),
      changes: z.boolean().default(true),
      /** Tags of at most so many days; null: none. */
      tagDays: z.int().min(1).max(36_500).nullable().default(null),
      /** A pull request whose target alone has changed is not built again. */
      ignoreTargetChanges: z.boolean().default(false),
      /** Also what is found for the first time. */
      initial: z.boolean().default(true),
    })
    .prefault({}),
  /** Names (wildcards) whose builds nobody starts but people. */
  suppress: z.array(z.string().min(1).max(500)).max(200).default([]),
  /** So many builds wait at once; further ones follow as those start. */
  startsAtOnce: z.int().min(1).max(1_000).default(20),
  status: z.strictObject({ enabled: z.boolean().default(true), context: z.string().min(1).max(200).nullable().default(null) }).prefault({}),
  checks: checksConfig.prefault({}),
  environment: variables.default({}),
  /** Of each branch's builds. */
  retention: retention.nullable().default(null),
};

export const multibranchConfig = z
  .strictObject({ sources: z.array(branchSource).min(1).max(20), ...rules, scanMinutes: scanMinutes.default(null) })
  .meta({ id: 'MultibranchConfig' });
export type MultibranchConfig = z.infer<typeof multibranchConfig>;

export const organizationSource = z
  .discriminatedUnion('kind', [
    /** Addresses of repositories; each becomes a job by the last part of its path. */
    z.strictObject({ kind: z.literal('git'), urls: z.array(address).min(1).max(5_000), credentialsId, ...ofGit }),
    ...forgeKind.options.map((kind) =>
      z.strictObject({
        kind: z.literal(kind),
        apiUrl,
        /** The organization, user or group; at Bitbucket Cloud a workspace or `workspace/PROJECT`, at Data Center a project or `~user`. */
        owner: z
          .string()
          .max(500)
          .regex(/^[^\s/?#]+(\/[^\s/?#]+)*$/, 'the name of an owner'),
        credentialsId,
        archived: z.boolean().default(false).meta({ description: 'Archived repositories too.' }),
        forks: z.boolean().default(true).meta({ description: 'Repositories that are forks too.' }),
        ...ofForge,
      }),
    ),
  ])
  .meta({ id: 'OrganizationSource' });
export type OrganizationSource = z.infer<typeof organizationSource>;

export const organizationConfig = z
  .strictObject({
    source: organizationSource,
    repositories: nameFilter.prefault({}),
    ...rules,
    /** Of the folder, and of each job in it. */
    scanMinutes: scanMinutes.default(1_440),
  })
  .meta({ id: 'OrganizationConfig' });
export type OrganizationConfig = z.infer<typeof organizationConfig>;

/** Where a branch's job has its Jenkinsfile: made by a scan, never by people. */
export const branchDefinition = z
  .strictObject({
    kind: z.literal('branch'),
    source: z.int().min(0).meta({ description: "Which of its multibranch job's sources." }),
    name: z.string().meta({ description: 'BRANCH_NAME' }),
    path: z.string(),
  })
  .meta({ id: 'BranchDefinition' });
export type BranchDefinition = z.infer<typeof branchDefinition>;
