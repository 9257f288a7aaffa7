import { JavaList } from '@millrace/groovy';
import { defineStep } from './step.ts';

export const toolStep = defineStep({
  name: 'tool',
  summary: 'Use a tool from a predefined Tool Installation',
  needs: ['node'],
  params: [
    { name: 'name', type: 'string', required: true },
    { name: 'type', type: 'string', help: '`maven`, `jdk`, … where several kinds have a tool of that name.' },
  ],
  describe: (args) => args.name,
  *run(cx, args) {
    // The host knows the tools: where there is none of that name it fails with `No tool named x found`.
    const { home } = yield* cx.ask('tool', { lease: (cx.scope.node as { lease: string }).lease, name: args.name, type: args.type === '' ? null : args.type });
    return home;
  },
});

export const envVarsForToolStep = defineStep({
  name: 'envVarsForTool',
  summary: 'Fetches the environment variables for a given tool in a list of ‘FOO=bar’ strings suitable for the withEnv step.',
  needs: ['node'],
  params: [
    { name: 'toolId', type: 'string', required: true },
    { name: 'toolVersion', type: 'string', required: true },
  ],
  describe: (args) => args.toolVersion,
  *run(cx, args) {
    const { env } = yield* cx.ask('tool', { lease: (cx.scope.node as { lease: string }).lease, name: args.toolVersion, type: args.toolId });
    return new JavaList(Object.entries(env).map(([name, value]) => `${name}=${value}`));
  },
});
