/** Who commits in a checkout. */
import type { Extensions } from './extensions.ts';

/** Where the machine has no name of its own, a merge needs one. */
export const IDENTITY = {
  GIT_AUTHOR_NAME: 'Millrace',
  GIT_AUTHOR_EMAIL: 'millrace@localhost',
  GIT_COMMITTER_NAME: 'Millrace',
  GIT_COMMITTER_EMAIL: 'millrace@localhost',
};

export function identity(extensions: Extensions): Record<string, string> {
  const wanted = extensions.find('UserIdentity');
  if (wanted === null) return {};
  const name = wanted.text('name'),
    email = wanted.text('email');
  return {
    ...(name === '' ? {} : { GIT_COMMITTER_NAME: name, GIT_AUTHOR_NAME: name }),
    ...(email === '' ? {} : { GIT_COMMITTER_EMAIL: email, GIT_AUTHOR_EMAIL: email }),
  };
}
