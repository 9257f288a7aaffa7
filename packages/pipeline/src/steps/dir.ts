import { defineStep } from './step.ts';

export const dirStep = defineStep({
  name: 'dir',
  summary: 'Change current directory',
  block: 'required',
  needs: ['workspace'],
  params: [{ name: 'path', type: 'string', required: true, help: 'Relative to the current folder, or absolute.' }],
  describe: (args) => args.path,
  *run(cx, args, body) {
    const { cwd } = cx.place(args.path);
    cx.log(`Running in ${cwd}`);
    return yield* cx.runBody(body, { cwd });
  },
});
