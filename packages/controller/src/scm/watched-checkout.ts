/**
 * What polling has to know of a checkout: where to look, with which credential, and which changes are to be ignored. Follows
 * the git plug-in's PathRestriction, UserExclusion and MessageExclusion.
 */
import type { GitSpec } from '@millrace/pipeline';
import { shownUrl } from '@millrace/protocol/git';
import type { IgnoreRules } from '../triggers/ignored-changes.ts';

export interface WatchedCheckout {
  /** Without a password. */
  readonly url: string;
  readonly credentialsId: string | null;
  /** Branch specs, each of which is looked at. */
  readonly branches: readonly string[];
  readonly ignore?: IgnoreRules;
}

/** Null: of a checkout that is bound to the commit of the Jenkinsfile, whose branch is looked at as the job's own. */
export function watchedCheckout(scm: GitSpec): WatchedCheckout | null {
  const [remote] = scm.remotes;
  if (remote === undefined || scm.revision !== undefined || scm.extensions.some((e) => e.type === 'BuildChooserSetting')) return null;
  const ignore = ignoreRules(scm);
  return {
    url: shownUrl(remote.url),
    credentialsId: remote.credentialsId,
    branches: scm.branches,
    ...(ignore === null ? {} : { ignore }),
  };
}

function ignoreRules({ extensions }: GitSpec): IgnoreRules | null {
  const option = (type: string, name: string): string => {
    const value = extensions.find((e) => e.type === type)?.options[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const rules: IgnoreRules = {
    includedPaths: lines(option('PathRestriction', 'includedRegions')),
    excludedPaths: lines(option('PathRestriction', 'excludedRegions')),
    users: lines(option('UserExclusion', 'excludedUsers')),
    message: option('MessageExclusion', 'excludedMessage'),
  };
  return rules.message === '' && rules.includedPaths.length + rules.excludedPaths.length + rules.users.length === 0 ? null : rules;
}
