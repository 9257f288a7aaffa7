/** Texts that the configuration names: files of each controller, read when they are wanted. */
import { readFile, stat } from 'node:fs/promises';
import { AskFailure } from '../ask-context.ts';

const LARGEST = 1 << 20;

/** `what`: `mail template x`. Throws MR_HOST where it cannot be read. */
export async function configuredText(what: string, path: string): Promise<string> {
  const size = await stat(path).then(
    (facts) => facts.size,
    () => null,
  );
  if (size === null) throw new AskFailure({ code: 'MR_HOST', message: `The file of the ${what} is not there on this controller` });
  if (size > LARGEST) throw new AskFailure({ code: 'MR_HOST', message: `The ${what} has ${size} bytes, more than ${LARGEST}` });
  return await readFile(path, 'utf8');
}
