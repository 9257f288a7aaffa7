import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { KnownForge } from './repository-at.ts';
import { repositoryAt } from './repository-at.ts';

it('the repository of an address is told by its host, or by what was said of it', () => {
  const by: KnownForge = { forge: null, apiUrl: null };
  const own: KnownForge = { forge: 'gitlab', apiUrl: 'https://git.example/api/v4' };
  const below: KnownForge = { forge: 'gitea', apiUrl: 'https://git.example/code/api/v1' };
  const server: KnownForge = { forge: 'bitbucketServer', apiUrl: 'https://git.example/bitbucket/rest/api/latest' };
  for (const [url, known, kind, repository] of [
    ['git@bitbucket.org:acme/app.git', by, 'bitbucket', 'acme/app'],
    ['https://ann@bitbucket.org/acme/app.git', by, 'bitbucket', 'acme/app'],
    ['https://git.example/bitbucket/scm/acme/app.git', server, 'bitbucketServer', 'acme/app'],
    ['ssh://git@git.example:7999/~ann/app.git', server, 'bitbucketServer', '~ann/app'],
    ['https://github.com/acme/app.git', by, 'github', 'acme/app'],
    ['https://user@github.com/acme/app', by, 'github', 'acme/app'],
    ['git@github.com:acme/app.git', by, 'github', 'acme/app'],
    ['ssh://git@github.com:22/acme/app.git', by, 'github', 'acme/app'],
    ['git@gitlab.com:acme/team/app.git', by, 'gitlab', 'acme/team/app'],
    ['https://git.example/acme/team/app.git', own, 'gitlab', 'acme/team/app'],
    ['https://git.example/code/acme/app.git', below, 'gitea', 'acme/app'],
    ['git@git.example:acme/app.git', below, 'gitea', 'acme/app'],
    ['https://git.example/acme/app.git', by, null, null],
    ['https://git.example/acme/app.git', { forge: 'gitea', apiUrl: null }, null, null],
    ['https://github.com/acme', by, null, null],
    ['/srv/git/app.git', by, null, null],
  ] as const) {
    const found = repositoryAt(url, known);
    assert.deepEqual([found?.kind ?? null, found?.repository ?? null], [kind, repository], url);
  }
});
