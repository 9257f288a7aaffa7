/** A mail's template of the configuration: a file of this controller, read when it is wanted. */
import type { Json, MailTemplateText } from '@millrace/pipeline';
import type { AskContext } from '../ask-context.ts';
import { configuredText } from './configured-text.ts';

/** Null for a name that the configuration does not have. Throws MR_HOST where the file cannot be read. */
export async function mailTemplate(cx: AskContext<'other'>, name: string): Promise<void> {
  const found = cx.services.installation().mailTemplates?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  cx.answer(
    found === undefined ? null : ({ text: await configuredText(`mail template ${found.name}`, found.path) } satisfies MailTemplateText as unknown as Json),
  );
}
