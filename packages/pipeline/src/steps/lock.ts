/** Follows LockStepExecution of lockable-resources. The host creates resources that nobody declared, and says so. */

import type { Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { Json } from '../host.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { mapEntries, toJson } from './values.ts';

interface Wanted {
  readonly resource: string | null;
  readonly label: string | null;
  readonly quantity: number;
}

export const lockStep = defineStep({
  name: 'lock',
  summary: 'Lock shared resource',
  block: 'required',
  params: [
    { name: 'resource', type: 'string', positional: true },
    { name: 'label', type: 'string', help: 'Any resource with that label.' },
    { name: 'quantity', type: 'int', default: 0, help: 'How many of the label; 0: all.' },
    { name: 'variable', type: 'string', help: 'Holds the names of the locked resources; with 0, 1, … at its end each one alone.' },
    { name: 'extra', type: 'list', help: 'More resources: maps of resource, label, quantity.' },
    { name: 'inversePrecedence', type: 'boolean', default: false, help: 'The newest build that waits goes first.' },
    { name: 'priority', type: 'int', default: 0 },
    { name: 'skipIfLocked', type: 'boolean', default: false, help: 'Does nothing instead of waiting.' },
    { name: 'resourceSelectStrategy', type: 'string', default: 'sequential' },
    { name: 'reason', type: 'string' },
  ],
  describe: (args) => args.resource ?? args.label,
  *run(cx, args, body) {
    const resource = trimmed(args.resource),
      label = trimmed(args.label),
      variable = trimmed(args.variable);
    const extra = (args.extra ?? []).map((value) => wanted(cx, value));
    for (const one of [{ resource, label }, ...extra]) {
      if (one.resource === null && one.label === null && one !== extra[0] && extra.length > 0) continue;
      if (one.resource === null && one.label === null) throw illegal('Either resource label or resource name must be specified.');
      if (one.resource !== null && one.label !== null) throw illegal('Resource label and resource name cannot be specified simultaneously.');
    }
    if (args.priority !== 0 && args.inversePrecedence) throw illegal('The "inverse precedence" option is not compatible with "queue priority" option!');
    const all = resource === null && label === null ? extra : [{ resource, label, quantity: args.quantity }, ...extra];
    const name =
      extra.length > 0
        ? all.map((one) => `{${describeWanted(one, null)}}`).join(',')
        : `${describeWanted(all[0] as Wanted, args.reason)}${args.priority === 0 ? '' : `, Priority: ${args.priority}`}`;
    cx.log(`Trying to acquire lock on [${name}]`);
    const ask = cx.nextAskId();
    const { acquired, resources } = yield* cx.ask('lock', {
      name,
      resource,
      label,
      quantity: args.quantity,
      priority: args.priority,
      inverse: args.inversePrecedence,
      skip: args.skipIfLocked,
      extra: extra.map((one) => ({ ...one }) as Json),
    });
    if (!acquired) {
      cx.log(`[${name}] is not free, skipping execution ...`);
      return null;
    }
    cx.log(`Lock acquired on [${name}]`);
    const env: Record<string, string> = {};
    if (variable !== null) {
      env[variable] = resources.join(',');
      resources.forEach((one, i) => {
        env[`${variable}${i}`] = one;
      });
    }
    try {
      return yield* cx.runBody(body, { env });
    } finally {
      cx.watch(
        'lock.release',
        { ask },
        () => undefined,
        () => undefined,
      );
      cx.log(`Lock released on resource [${name}]`);
    }
  },
});

function illegal(message: string): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalArgumentException', message);
}
function trimmed(text: string | null): string | null {
  const t = text?.trim() ?? '';
  return t === '' ? null : t;
}

/** `LockStepResource.toString` */
function describeWanted(one: Wanted, reason: string | null): string {
  const text = one.label !== null ? `Label: ${one.label}${one.quantity > 0 ? `, Quantity: ${one.quantity}` : ''}` : `Resource: ${one.resource}`;
  return reason === null || reason === '' ? text : `${text}, Reason: ${reason}`;
}

function wanted(cx: StepContext, value: Value): Wanted {
  const entries = new Map<string, Value>(mapEntries(cx.rt, value) ?? cx.described(value)?.args ?? [['resource', value]]);
  const text = (name: string): string | null => {
    const v = entries.get(name) ?? null;
    return v === null ? null : trimmed(cx.rt.str(v));
  };
  const quantity = toJson(cx.rt, entries.get('quantity') ?? 0);
  return { resource: text('resource'), label: text('label'), quantity: Number(quantity) };
}
