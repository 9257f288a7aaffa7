/** What of a trigger its shape alone does not tell. */
import type { JobTrigger } from '@millrace/protocol';
import { compile } from 'json-p3';
import { wildcards } from '../scm/branch-spec.ts';
import { repositoryAddress } from '../scm/repository-address.ts';
import { Cron } from './cron.ts';
import { wholePattern } from './ignored-changes.ts';

/** Null: it can be used. */
export function triggerProblem(trigger: JobTrigger): { readonly field: string; readonly detail: string } | null {
  switch (trigger.kind) {
    case 'cron':
    case 'poll':
      return problemOf('spec', () => {
        if (new Cron(trigger.spec, 'job').isEmpty) throw new Error('it has no line with a time');
        if (trigger.kind !== 'poll') return;
        const { includedPaths = [], excludedPaths = [], message = '' } = trigger.ignore ?? {};
        for (const { source, flags } of [...includedPaths, ...excludedPaths, message].map(wholePattern)) new RegExp(source, flags);
      });
    case 'repository':
      if (repositoryAddress(trigger.url) === null) return { field: 'url', detail: 'is no address of a repository' };
      return problemOf('branches', () => trigger.branches.map(wildcards));
    case 'gitlab':
      for (const field of ['noteRegex', 'sourceBranchRegex', 'targetBranchRegex'] as const) {
        const wrong = problemOf(field, () => new RegExp(trigger[field].replace(/^\(\?[ims]+\)/, '')));
        if (wrong !== null) return wrong;
      }
      for (const field of ['includeBranchesSpec', 'excludeBranchesSpec'] as const) {
        const wrong = problemOf(field, () => trigger[field].split(',').map(wildcards));
        if (wrong !== null) return wrong;
      }
      return null;
    case 'generic':
      for (const [i, { path, remove }] of trigger.variables.entries()) {
        const wrong = problemOf(`variables/${i}/path`, () => compile(path)) ?? problemOf(`variables/${i}/remove`, () => new RegExp(remove));
        if (wrong !== null) return wrong;
      }
      return problemOf('filterExpression', () => new RegExp(trigger.filterExpression));
    default:
      return null;
  }
}

function problemOf(field: string, attempt: () => unknown): { readonly field: string; readonly detail: string } | null {
  try {
    attempt();
    return null;
  } catch (error) {
    return { field, detail: (error as Error).message };
  }
}
