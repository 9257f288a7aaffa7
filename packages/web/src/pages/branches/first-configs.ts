/** What new multibranch jobs and organization folders say before somebody has said more: the API's own defaults. */
import type { MultibranchConfig, OrganizationConfig } from '../../api/shapes.ts';

type Source = MultibranchConfig['sources'][number];

const FILTER = { includes: '*', excludes: '', regex: null };
const OF_FORGE = {
  apiUrl: null,
  credentialsId: null,
  branches: 'exceptChanges',
  tags: false,
  filter: FILTER,
  originChanges: 'merge',
  forkChanges: 'merge',
  trust: 'permission',
} as const;

export function firstSource(kind: Source['kind']): Source {
  if (kind === 'git') return { kind, url: '', credentialsId: null, branches: 'all', tags: false, filter: FILTER };
  return { kind, repository: '', url: null, ...OF_FORGE };
}
export function firstOwner(kind: Source['kind']): OrganizationConfig['source'] {
  if (kind === 'git') return { kind, urls: [''], credentialsId: null, branches: 'all', tags: false, filter: FILTER };
  return { kind, owner: '', archived: false, forks: true, ...OF_FORGE };
}

export const FIRST_CHECKS: MultibranchConfig['checks'] = { enabled: true, name: 'Millrace', unstable: 'failure', logs: true };
const RULES = {
  path: 'Jenkinsfile',
  orphans: { prune: true, days: null, number: null },
  build: { branches: true, changes: true, tagDays: null, ignoreTargetChanges: false, initial: true },
  suppress: [],
  startsAtOnce: 20,
  status: { enabled: true, context: null },
  checks: FIRST_CHECKS,
  environment: {},
  retention: null,
};
export const FIRST_MULTIBRANCH: MultibranchConfig = { sources: [firstSource('git')], scanMinutes: null, ...RULES };
export const FIRST_ORGANIZATION: OrganizationConfig = { source: firstOwner('github'), repositories: FILTER, scanMinutes: 1_440, ...RULES };
