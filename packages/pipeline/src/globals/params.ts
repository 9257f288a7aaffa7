/** `params`: the build's parameters, read only. */
import { mapOf } from '@millrace/groovy';
import { fromJson } from '../steps/values.ts';
import type { GlobalVariable } from './global.ts';

export const paramsGlobal: GlobalVariable = {
  name: 'params',
  summary: 'Parameters of the build',
  make: (execution) => mapOf(Object.entries(execution.facts.parameters).map(([name, value]) => [name, fromJson(value)] as const)),
};
