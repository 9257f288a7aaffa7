/** Whether a Jenkinsfile is right, without running it. */
import { z } from 'zod';
import { count, text } from './common.ts';

/** Characters: far above any Jenkinsfile, and checked in a moment. */
export const LONGEST_SCRIPT = 500_000;

export const scriptToCheck = z.strictObject({ script: text(LONGEST_SCRIPT) }).meta({ id: 'ScriptToCheck' });
export const scriptError = z.strictObject({
  line: z.int().min(1).meta({ description: 'From 1.' }),
  column: z.int().min(1).meta({ description: 'From 1.' }),
  message: z.string(),
});
export const checkedScript = z
  .strictObject({
    declarative: z.boolean().nullable().meta({ description: 'Whether it holds a Declarative Pipeline; null: it has errors.' }),
    errors: z.array(scriptError).meta({ description: 'In the words of Groovy and of the Declarative validator; none: it is right.' }),
    total: count.meta({ description: 'How many errors there are; the first of them are listed.' }),
  })
  .meta({ id: 'CheckedScript' });
