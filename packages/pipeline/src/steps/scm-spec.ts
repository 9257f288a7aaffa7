/** From what a script writes as an SCM (`scm`, `[$class: 'GitSCM', …]`, `scmGit(…)`) to what the host checks out. */

import type { Runtime, Value } from '@millrace/groovy';
import { HostObject, JavaThrowable } from '@millrace/groovy';
import { describedFrom } from '../engine/arguments.ts';
import type { Json } from '../host.ts';
import type { GitSpec, ScmSpec } from '../scm.ts';
import { Described } from './described.ts';
import { Bean } from './results.ts';
import { mapEntries, toJson } from './values.ts';

/** The job's own SCM as scripts hold it: the global `scm`. */
export abstract class ScmObject extends HostObject {
  abstract readonly spec: ScmSpec;
}

const GIT = new Set(['GitSCM', 'scmGit', 'gitSCM', 'git']);

/** The git plug-in's extensions by their symbols, where the symbol is not the class in lower case. */
const EXTENSION_CLASSES: { readonly [symbol: string]: string } = {
  cleanAfterCheckout: 'CleanCheckout',
  submodule: 'SubmoduleOption',
  lfs: 'GitLFSPull',
  sparseCheckout: 'SparseCheckoutPaths',
  sparseCheckoutPath: 'SparseCheckoutPaths',
  pruneTags: 'PruneStaleTag',
  checkoutToSubdirectory: 'RelativeTargetDirectory',
};

export function scmSpec(rt: Runtime, value: Value): ScmSpec {
  if (value instanceof ScmObject) return value.spec;
  const described = value instanceof Described ? value : describedFrom(rt, value);
  if (described === null) {
    throw new JavaThrowable(
      'java.lang.ClassCastException',
      `scm expects class hudson.scm.SCM but received ${value === null ? 'null' : rt.classOf(value).javaString()}`,
    );
  }
  if (!GIT.has(described.kind)) return { kind: 'other', type: described.kind, options: json(rt, described.args) };
  return gitSpec(rt, described.args);
}

function gitSpec(rt: Runtime, args: ReadonlyMap<string, Value>): GitSpec {
  const remotes = elements(rt, args.get('userRemoteConfigs') ?? null).map((remote) => {
    const f = fields(rt, remote, 'url');
    return { url: text(rt, f, 'url') ?? '', name: text(rt, f, 'name'), refspec: text(rt, f, 'refspec'), credentialsId: text(rt, f, 'credentialsId') };
  });
  const branches = elements(rt, args.get('branches') ?? null).map((branch) => text(rt, fields(rt, branch, 'name'), 'name') ?? '**');
  const extensions = elements(rt, args.get('extensions') ?? null).map((extension) => {
    const described = extension instanceof Described ? extension : describedFrom(rt, extension);
    const kind = described?.kind ?? 'unknown';
    const type = EXTENSION_CLASSES[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1);
    return { type, options: json(rt, described?.args ?? new Map()) };
  });
  return { kind: 'git', remotes, branches, extensions };
}

function elements(rt: Runtime, value: Value): Value[] {
  if (value === null) return [];
  return value instanceof Described || mapEntries(rt, value) !== null || typeof value === 'string' ? [value] : [...rt.iterate(value)];
}

/** The fields of a describable, a map or a bean; a lone text is the field `only`. */
function fields(rt: Runtime, value: Value, only: string): ReadonlyMap<string, Value> {
  if (value instanceof Bean) return value.properties;
  if (value instanceof Described) {
    const lone = value.args.get('');
    return lone === undefined ? value.args : new Map([...value.args, [only, lone]]);
  }
  const entries = value === null ? null : mapEntries(rt, value);
  return new Map(entries ?? [[only, value]]);
}

function text(rt: Runtime, all: ReadonlyMap<string, Value>, name: string): string | null {
  const value = all.get(name) ?? null;
  const string = value === null ? '' : rt.str(value).trim();
  return string === '' ? null : string;
}

function json(rt: Runtime, args: ReadonlyMap<string, Value>): { readonly [name: string]: Json } {
  return Object.fromEntries([...args].map(([name, value]) => [name, toJson(rt, value)]));
}
