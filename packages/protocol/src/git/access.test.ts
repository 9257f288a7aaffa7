import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DEFAULT_HOST_KEYS, gitAccess } from './access.ts';

it('shows git a token with the user that its server wants', () => {
  const token = { secret: 'word' };
  const login = { username: 'ann', password: 'word' };
  const mail = { username: 'ann@example.com', password: 'word' };
  for (const [url, fields, user] of [
    ['https://git.example/acme/app.git', token, 'git'],
    ['https://git.example/acme/app.git', mail, 'ann@example.com'],
    ['https://github.com/acme/app.git', { ...login, appId: '12' }, 'x-access-token'],
    ['https://bitbucket.org/acme/app.git', token, 'x-token-auth'],
    ['https://bitbucket.org/acme/app.git', login, 'ann'],
    ['https://bitbucket.org/acme/app.git', mail, 'x-bitbucket-api-token-auth'],
    ['https://git.example/bitbucket/scm/acme/app.git', token, 'x-token-auth'],
    ['https://git.example/scm/acme/app.git', mail, 'ann@example.com'],
    ['git@bitbucket.org:acme/app.git', mail, 'ann@example.com'],
    ['/srv/scm/app.git', token, 'git'],
  ] as const) {
    const { env } = gitAccess({ url, fields, hostKeys: DEFAULT_HOST_KEYS, folder: '/tmp/x', home: null });
    assert.equal(env['MILLRACE_GIT_USER'], user, `${url} ${JSON.stringify(fields)}`);
  }
});
