/** `params`: the build's parameters, read only. Follows ParamsVariable of workflow-cps. */
import type { Value } from '@millrace/groovy';
import { mapOf } from '@millrace/groovy';
import { SHARED } from '../declarative/execute/engine-context.ts';
import type { Json } from '../host.ts';
import { fromJson } from '../steps/values.ts';
import type { GlobalVariable } from './global.ts';

export const paramsGlobal: GlobalVariable = {
  name: 'params',
  summary: 'Parameters of the build',
  fresh: true,
  make(execution, { vm }) {
    // What the Jenkinsfile itself declares stands in for what a first build was not given.
    const values = new Map<string, Value>();
    for (const [name, value] of (execution.shared.get(SHARED.parameters) as ReadonlyMap<string, Json> | undefined) ?? []) values.set(name, fromJson(value));
    for (const [name, value] of (execution.shared.get('properties') as ReadonlyMap<string, Value> | undefined) ?? []) values.set(name, value);
    for (const [name, json] of Object.entries(execution.facts.parameters)) {
      // A command line gives texts alone.
      values.set(name, typeof values.get(name) === 'boolean' && typeof json === 'string' ? json.toLowerCase() === 'true' : fromJson(json));
    }
    const hashMap = vm.registry.get('java.util.HashMap');
    const map = vm.settle(vm.defer(vm.construct(hashMap, [mapOf(values)])));
    return vm.invokeSync(vm.registry.get('java.util.Collections'), 'unmodifiableMap', [map]);
  },
};
