/** What is to be checked out. Made from `git …`, `checkout scm`, `checkout([$class: 'GitSCM', …])`. */
import type { Json } from './host.ts';

export type ScmSpec = GitSpec | OtherSpec;

export interface GitSpec {
  readonly kind: 'git';
  readonly remotes: readonly { readonly url: string; readonly name: string | null; readonly refspec: string | null; readonly credentialsId: string | null }[];
  /** Branch specs (`main`, `refs/tags/v1`, a commit, with wildcards), resolved by the plug-in's rules. */
  readonly branches: readonly string[];
  /** What the build is bound to, so that `checkout scm` has the commit of its Jenkinsfile; it goes before `branches`. `branch`: `origin/main`; null: none. */
  readonly revision?: { readonly commit: string; readonly branch: string | null };
  /** The extensions' data by class name less its package: `CloneOption`, `RelativeTargetDirectory`, … */
  readonly extensions: readonly { readonly type: string; readonly options: { readonly [name: string]: Json } }[];
}

export interface OtherSpec {
  readonly kind: 'other';
  /** `SubversionSCM`, … as it was written. */
  readonly type: string;
  readonly options: { readonly [name: string]: Json };
}
