import { defineStep } from './step.ts';

export const withEnvStep = defineStep({
  name: 'withEnv',
  summary: 'Set environment variables',
  block: 'required',
  params: [{ name: 'overrides', type: 'stringList', required: true, help: '`NAME=value`, or `PATH+X=dir` to put dir in front of PATH.' }],
  describe: (args) =>
    args.overrides
      .map((pair) => pair.slice(0, Math.max(0, pair.indexOf('='))))
      .filter((name) => name !== '')
      .join(', '),
  *run(cx, args, body) {
    const env: Record<string, string> = {};
    for (const pair of args.overrides) {
      const eq = pair.indexOf('=');
      // As EnvStep: a word without `=` removes the variable.
      if (eq < 0) env[pair] = '';
      else env[pair.slice(0, eq)] = pair.slice(eq + 1);
    }
    return yield* cx.runBody(body, { env });
  },
});
