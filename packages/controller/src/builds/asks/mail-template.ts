/** A mail's template of the configuration: a file of this controller, read when it is wanted. */
import { readFile, stat } from 'node:fs/promises';
import type { Json, MailTemplateText } from '@millrace/pipeline';
import type { AskContext } from '../ask-context.ts';
import { AskFailure } from '../ask-context.ts';

const LARGEST = 1 << 20;

/** Null for a name that the configuration does not have. Throws MR_HOST where the file cannot be read. */
export async function mailTemplate(cx: AskContext<'other'>, name: string): Promise<void> {
  const found = cx.services.installation().mailTemplates?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  cx.answer(found === undefined ? null : ({ text: await textOf(found.name, found.path) } satisfies MailTemplateText as unknown as Json));
}

async function textOf(name: string, path: string): Promise<string> {
  const size = await stat(path).then(
    (facts) => facts.size,
    () => null,
  );
  if (size === null) throw new AskFailure({ code: 'MR_HOST', message: `The file of the mail template ${name} is not there on this controller` });
  if (size > LARGEST) throw new AskFailure({ code: 'MR_HOST', message: `The mail template ${name} has ${size} bytes, more than ${LARGEST}` });
  return await readFile(path, 'utf8');
}
