/** Blocks that change how the console shows what is printed in them. */
import { defineStep } from './step.ts';
import { mapEntries } from './values.ts';

export const timestampsStep = defineStep({
  name: 'timestamps',
  summary: 'Timestamps',
  block: 'required',
  params: [],
  *run(cx, _args, body) {
    return yield* cx.runBody(body, { timestamps: true });
  },
});

export const ansiColorStep = defineStep({
  name: 'ansiColor',
  summary: 'Color ANSI Console Output',
  block: 'required',
  params: [{ name: 'colorMapName', type: 'string', positional: true, default: 'xterm', help: '`xterm`, `vga`, `css`, `gnome-terminal`.' }],
  describe: (args) => args.colorMapName,
  *run(cx, args, body) {
    return yield* cx.runBody(body, { ansiColor: args.colorMapName, env: { TERM: args.colorMapName } });
  },
});

export const maskPasswordsStep = defineStep({
  name: 'maskPasswords',
  summary: 'Mask passwords and regexes',
  block: 'required',
  params: [
    { name: 'varPasswordPairs', type: 'list', help: 'Maps of `var` and `password`.' },
    { name: 'varMaskRegexes', type: 'list' },
    { name: 'scope', type: 'string' },
  ],
  *run(cx, args, body) {
    const env: Record<string, string> = {};
    const masks: string[] = [];
    for (const pair of args.varPasswordPairs ?? []) {
      const entries = new Map(mapEntries(cx.rt, pair) ?? cx.described(pair)?.args ?? []);
      const password = cx.rt.str(entries.get('password') ?? '');
      if (password !== '') masks.push(password);
      const name = entries.get('var');
      if (name !== undefined && name !== null && password !== '') env[cx.rt.str(name)] = password;
    }
    return yield* cx.runBody(body, { env, masks });
  },
});
