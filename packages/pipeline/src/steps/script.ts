/** `script { … }` of a Declarative Pipeline: a body of scripted pipeline. */
import { defineStep } from './step.ts';

export const scriptStep = defineStep({
  name: 'script',
  summary: 'Run arbitrary Pipeline script',
  block: 'required',
  params: [],
  *run(cx, _args, body) {
    return yield* cx.runBody(body);
  },
});
