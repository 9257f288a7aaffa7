/** `scm`: where the Jenkinsfile comes from. `checkout scm` takes it as it is. */
import { HostObject, JavaList, mapOf } from '@millrace/groovy';
import type { Runtime, Value } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { ScmSpec } from '../scm.ts';
import { fromJson } from '../steps/values.ts';
import type { GlobalVariable } from './global.ts';

export class JobScm extends HostObject {
  readonly spec: ScmSpec;
  constructor(spec: ScmSpec) { super(); this.spec = spec; }
  get $type(): string { return this.spec.kind === 'git' ? 'hudson.plugins.git.GitSCM' : 'hudson.scm.SCM'; }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    const { spec } = this;
    if (spec.kind !== 'git') return undefined;
    switch (name) {
      case 'branches': return new JavaList(spec.branches.map((branch) => mapOf({ name: branch })));
      case 'userRemoteConfigs': return new JavaList(spec.remotes.map((r) => mapOf({ url: r.url, name: r.name, refspec: r.refspec, credentialsId: r.credentialsId })));
      case 'extensions': return new JavaList(spec.extensions.map((e) => fromJson({ $class: e.type, ...e.options })));
      case 'doGenerateSubmoduleConfigurations': return false;
      default: return undefined;
    }
  }
  setProperty(): boolean { return false; }
  hasMethod(name: string): boolean { return /^(getBranches|getUserRemoteConfigs|getExtensions|getKey)$/.test(name); }
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
