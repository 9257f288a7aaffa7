/** Follows WorkspaceStepExecution of workflow-durable-task-step. */
import { missingContext } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

export const wsStep = defineStep({
  name: 'ws',
  summary: 'Allocate workspace',
  block: 'required',
  params: [{ name: 'dir', type: 'string', positional: true, help: 'A path on the node; another workspace of the job where it is left out.' }],
  describe: (args) => args.dir,
  *run(cx, args, body) {
    const { node } = cx.scope;
    if (node === null) throw missingContext('ws', 'hudson.model.Computer', ['node']);
    const dir = args.dir === null || args.dir.trim() === '' ? null : args.dir;
    const { path, temporary } = yield* cx.ask('workspace', { lease: node.lease, path: dir });
    try {
      cx.log(`Running in ${path}`);
      return yield* cx.runBody(body, { workspace: path, temporary, cwd: path, facts: { workspace: path, node: node.name } });
    } finally {
      cx.watch(
        'workspace.release',
        { lease: node.lease, path },
        () => undefined,
        () => undefined,
      );
    }
  },
});
