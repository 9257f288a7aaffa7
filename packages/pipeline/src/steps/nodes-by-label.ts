import { JavaList } from '@millrace/groovy';
import { defineStep } from './step.ts';

export const nodesByLabelStep = defineStep({
  name: 'nodesByLabel',
  summary: 'List of nodes by Label, by default excludes offline nodes.',
  params: [
    { name: 'label', type: 'string', required: true },
    { name: 'offline', type: 'boolean', default: false, help: 'Offline ones too.' },
  ],
  describe: (args) => args.label,
  *run(cx, args) {
    const { names } = (yield* cx.ask('other', { name: 'nodesByLabel', data: { label: args.label, offline: args.offline } })) as {
      readonly names: readonly string[];
    };
    cx.log(
      names.length === 0 ? `Could not find any nodes with '${args.label}' label` : `Found a total of ${names.length} nodes with the '${args.label}' label`,
    );
    return new JavaList([...names]);
  },
});
