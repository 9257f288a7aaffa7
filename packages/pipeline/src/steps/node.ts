import { defineStep } from './step.ts';

export const nodeStep = defineStep({
  name: 'node',
  summary: 'Allocate node',
  block: 'required',
  params: [{ name: 'label', type: 'string', positional: true, help: 'A label expression; any node where it is left out.' }],
  describe: (args) => args.label,
  *run(cx, args, body) {
    const label = args.label === null || args.label.trim() === '' ? null : args.label.trim();
    const node = yield* cx.ask('node', { label, job: cx.build.job });
    try {
      cx.log(`Running on ${node.displayName} in ${node.workspace}`);
      return yield* cx.runBody(body, {
        node,
        workspace: node.workspace,
        temporary: node.temporary,
        cwd: node.workspace,
        facts: { workspace: node.workspace, node: node.name },
      });
    } finally {
      // Given back whatever happened; nobody waits for that.
      cx.watch(
        'node.release',
        { lease: node.lease },
        () => undefined,
        () => undefined,
      );
    }
  },
});
