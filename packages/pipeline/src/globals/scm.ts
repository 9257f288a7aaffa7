/** `scm`: where the Jenkinsfile comes from. `checkout scm` takes it as it is. */

import type { Runtime, Value } from '@millrace/groovy';
import { JavaList } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { ScmSpec } from '../scm.ts';
import { Described } from '../steps/described.ts';
import { Bean } from '../steps/results.ts';
import { ScmObject } from '../steps/scm-spec.ts';
import { fromJson } from '../steps/values.ts';
import type { GlobalVariable } from './global.ts';

export class JobScm extends ScmObject {
  readonly spec: ScmSpec;
  constructor(spec: ScmSpec) {
    super();
    this.spec = spec;
  }
  get $type(): string {
    return this.spec.kind === 'git' ? 'hudson.plugins.git.GitSCM' : 'hudson.scm.SCM';
  }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    const { spec } = this;
    if (spec.kind !== 'git') return undefined;
    switch (name) {
      case 'branches':
        return new JavaList(spec.branches.map((name) => new Bean('hudson.plugins.git.BranchSpec', [['name', name]], { text: () => name })));
      case 'userRemoteConfigs':
        return new JavaList(
          spec.remotes.map(
            (r) =>
              new Bean('hudson.plugins.git.UserRemoteConfig', [
                ['url', r.url],
                ['name', r.name],
                ['refspec', r.refspec],
                ['credentialsId', r.credentialsId],
              ]),
          ),
        );
      case 'extensions':
        return new JavaList(spec.extensions.map((e) => new Described(null, e.type, new Map(Object.entries(e.options).map(([k, v]) => [k, fromJson(v)])))));
      case 'doGenerateSubmoduleConfigurations':
        return false;
      default:
        return undefined;
    }
  }
  setProperty(): boolean {
    return false;
  }
  hasMethod(name: string): boolean {
    return /^(getBranches|getUserRemoteConfigs|getExtensions|getKey)$/.test(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (args.length > 0) return undefined;
    if (name === 'getKey') return this.spec.kind === 'git' ? `git ${this.spec.remotes[0]?.url ?? ''}` : this.spec.type;
    return this.getProperty(rt, name.slice(3, 4).toLowerCase() + name.slice(4));
  }
}

export const scmGlobal: GlobalVariable = {
  name: 'scm',
  summary: 'Where the Jenkinsfile comes from',
  make(execution) {
    const { scm } = execution.facts;
    if (scm === null) throw abortError('‘checkout scm’ is only available when using “Multibranch Pipeline” or “Pipeline script from SCM”');
    return new JobScm(scm);
  },
};
