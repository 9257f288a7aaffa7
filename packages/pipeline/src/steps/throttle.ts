/** throttle-concurrents' step. One build alone has nobody to be held back for; a server counts the `node` blocks inside. */
import { defineStep } from './step.ts';

export const throttleStep = defineStep({
  name: 'throttle',
  summary: 'Throttle execution of node blocks within this body',
  block: 'required',
  params: [{ name: 'categories', type: 'stringList', required: true }],
  describe: (args) => args.categories.join(', '),
  *run(cx, args, body) {
    return yield* cx.runBody(body, { extra: { throttle: args.categories } });
  },
});
