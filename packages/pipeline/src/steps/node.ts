/**
 * `node` takes a machine for its body. Where the machine's own configuration says so (`retries`), a body whose machine is lost
 * under it runs anew on another one, as if `retry(conditions: [kubernetesAgent(), nonresumable()])` stood around the block.
 */
import type { Value } from '@millrace/groovy';
import { isLossOf } from './error-conditions.ts';
import { defineStep } from './step.ts';

export const nodeStep = defineStep({
  name: 'node',
  summary: 'Allocate node',
  block: 'required',
  params: [{ name: 'label', type: 'string', positional: true, help: 'A label expression; any node where it is left out.' }],
  describe: (args) => args.label,
  *run(cx, args, body) {
    const label = args.label === null || args.label.trim() === '' ? null : args.label.trim();
    for (let run = 1; ; run++) {
      const node = yield* cx.ask('node', { label, job: cx.build.job });
      try {
        cx.log(`Running on ${node.displayName} in ${node.workspace}`);
        const value: Value = yield* cx.runBody(body, {
          node,
          workspace: node.workspace,
          temporary: node.temporary,
          cwd: node.workspace,
          facts: { workspace: node.workspace, node: node.name },
        });
        return value;
      } catch (error) {
        const { retries = 1 } = node;
        if (run >= retries || !isLossOf(error, node.lease)) throw error;
        cx.logError(error, 'ERROR: Execution failed');
        cx.log(retryingLine(run + 1, retries));
      } finally {
        // Given back whatever happened; nobody waits for that.
        cx.watch(
          'node.release',
          { lease: node.lease },
          () => undefined,
          () => undefined,
        );
      }
    }
  },
});

/** What the console is told before a block that lost its machine runs again. */
export function retryingLine(run: number, retries: number): string {
  return `Retrying on another machine, as the lost one's configuration has it (run ${run} of ${retries})`;
}
