import { JavaThrowable } from './values.ts';
import type { Runtime } from './runtime.ts';
import type { Value } from './values.ts';
export function findRegex(_rt: Runtime, _a: Value, _b: Value): Value { throw new JavaThrowable('java.lang.UnsupportedOperationException', 'regex'); }
export function matchRegex(_rt: Runtime, _a: Value, _b: Value): Value { throw new JavaThrowable('java.lang.UnsupportedOperationException', 'regex'); }
