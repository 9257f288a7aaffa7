/** Follows NodeJSBuildWrapper of the nodejs plug-in: an installation of Node.js on the PATH, and a managed file as npm's configuration. */

import { provide } from './config-files.ts';
import type { Bound } from './credential-bindings.ts';
import { illegalArgument } from './file-or-text.ts';
import { secretMasks } from './secret-masks.ts';
import { defineStep } from './step.ts';
import { removeFolders } from './with-credentials.ts';

export const nodejsStep = defineStep({
  name: 'nodejs',
  summary: 'Provide Node & npm bin/ folder to PATH',
  block: 'required',
  needs: ['workspace'],
  params: [
    { name: 'nodeJSInstallationName', type: 'string', positional: true, help: 'The name of a tool of type `nodejs` in the configuration.' },
    { name: 'configId', type: 'string', help: 'Of a managed file: npm’s configuration, in which variables of the build are replaced.' },
    { name: 'cacheLocationStrategy', type: 'any', help: '`workspace()`: npm’s cache is in the workspace. Default: where npm has it.' },
  ],
  describe: (args) => args.nodeJSInstallationName,
  *run(cx, args, body) {
    const name = cx.expand(args.nodeJSInstallationName ?? '').trim();
    if (name === '') throw illegalArgument('nodejs needs nodeJSInstallationName: a tool of type nodejs');
    const { env } = yield* cx.ask('tool', { lease: cx.place().lease, name, type: 'nodejs' });
    const bound: Bound = { secret: {}, open: { ...env }, contents: [], folders: [] };
    const secrets: string[] = [];
    const strategy = args.cacheLocationStrategy === null ? null : (cx.described(args.cacheLocationStrategy)?.kind ?? cx.rt.str(args.cacheLocationStrategy));
    if (strategy !== null && /workspace|PerJob/i.test(strategy)) bound.open['npm_config_cache'] = `${cx.scope.workspace ?? cx.place().cwd}/.npm`;
    else if (strategy !== null && !/default/i.test(strategy)) cx.log(`nodejs: there is no cache location ${strategy} here; npm’s own is used`);
    try {
      if (args.configId !== null && args.configId !== '')
        bound.open['npm_config_userconfig'] = yield* provide(cx, { id: args.configId, target: '', variable: '', replaceTokens: true }, bound, secrets);
      return yield* cx.runBody(body, { env: bound.open, masks: secretMasks(secrets) });
    } finally {
      yield* removeFolders(cx, bound.folders);
    }
  },
});
