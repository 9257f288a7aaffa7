/** What a checkout is asked beside its repository: the extensions of Jenkins' git plug-in, by the names of their classes. */
import type { GitScm } from '@millrace/protocol';

type Options = GitScm['extensions'][number]['options'];

/** Data for whoever polls, shows or reports, not for the checkout itself. */
const FOR_OTHERS = new Set([
  'DisableRemotePoll',
  'IgnoreNotifyCommit',
  'PathRestriction',
  'UserExclusion',
  'MessageExclusion',
  'ScmName',
  'CustomSCMName',
  'BuildSingleRevisionOnly',
  'GitSCMSourceDefaults',
  'GitSCMStatusChecksExtension',
]);

/** Jenkins' own, in minutes. */
export const DEFAULT_TIMEOUT = 10;

export class Extensions {
  /** Names of those that nobody here knows. */
  readonly unknown: readonly string[];
  private readonly all: GitScm['extensions'];

  constructor(all: GitScm['extensions']) {
    this.all = all;
    this.unknown = all.map((e) => e.type).filter((type) => !KNOWN.has(type) && !FOR_OTHERS.has(type));
  }
  find(type: Known): Extension | null {
    const found = this.all.find((e) => e.type === type);
    return found === undefined ? null : new Extension(found.options);
  }
  has(type: Known): boolean {
    return this.find(type) !== null;
  }
}

const NAMES = [
  'AuthorInChangelog',
  'BuildChooserSetting',
  'ChangelogToBranch',
  'CheckoutOption',
  'CleanBeforeCheckout',
  'CleanCheckout',
  'CloneOption',
  'FirstBuildChangelog',
  'GitLFSPull',
  'LocalBranch',
  'MergeWithGitSCMExtension',
  'PerBuildTag',
  'PreBuildMerge',
  'PruneStaleBranch',
  'PruneStaleTag',
  'RelativeTargetDirectory',
  'SparseCheckoutPaths',
  'SubmoduleOption',
  'UserIdentity',
  'WipeWorkspace',
] as const;
type Known = (typeof NAMES)[number];
const KNOWN: ReadonlySet<string> = new Set(NAMES);

export class Extension {
  readonly options: Options;
  constructor(options: Options) {
    this.options = options;
  }
  text(name: string): string {
    const value = this.options[name];
    return value === null || value === undefined ? '' : String(value).trim();
  }
  flag(name: string, otherwise = false): boolean {
    const value = this.options[name];
    return value === undefined || value === null ? otherwise : value === true || value === 'true';
  }
  /** Of at least 1; else the default. */
  count(name: string, otherwise: number): number {
    const value = Number(this.options[name]);
    return Number.isInteger(value) && value >= 1 ? value : otherwise;
  }
  list(name: string): readonly unknown[] {
    const value = this.options[name];
    return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  }
  /** A describable or a map within. */
  inner(name: string): Extension {
    const value = this.options[name];
    return new Extension(value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Options) : {});
  }
}
