/** Vault's HTTP API as its documentation has it, played by a server: there is no Vault to install here. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openProviders } from './registry.ts';

const SECRETS: { readonly [path: string]: object } = {
  '/v1/secret/data/ci/login': { username: 'robot', password: 'hidden', description: 'of the robot' },
  '/v1/secret/data/ci/word': { secret: 'shh' },
  '/v1/secret/data/elsewhere/db': { user: 'root', pw: 'toor' },
  '/v1/old/ci/word': { secret: 'version 1' },
};

describe('credentials in Vault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-vault-'));
  const asked: string[] = [];
  let logins = 0;
  let answer: ((request: http.IncomingMessage, response: http.ServerResponse) => boolean) | null = null;
  const server = http.createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    if (answer?.(request, response) === true) return;
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (path === '/v1/auth/approle/login') {
      let text = '';
      request.on('data', (piece) => {
        text += String(piece);
      });
      request.on('end', () => {
        const { role_id, secret_id } = JSON.parse(text);
        if (role_id !== 'millrace' || secret_id !== 'of the file') say(400, { errors: ['invalid role or secret ID'] });
        else say(200, { auth: { client_token: `login ${++logins}`, lease_duration: 600 } });
      });
      return;
    }
    const token = request.headers['x-vault-token'];
    if (token !== 'of the configuration' && token !== `login ${logins}`) say(403, { errors: ['permission denied'] });
    else if (path === '/v1/secret/metadata/ci?list=true') say(200, { data: { keys: ['login', 'word', 'folder/'] } });
    else if (SECRETS[path] === undefined) say(404, { errors: [] });
    else say(200, { data: path.startsWith('/v1/old') ? SECRETS[path] : { data: SECRETS[path], metadata: {} } });
  });
  let url = '';
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeFileSync(join(folder, 'id'), 'of the file\n');
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  const open = async (more: object, now = () => 0) => {
    const [vault] = await openProviders(
      [{ kind: 'vault', name: 'vault', url, path: 'ci', auth: { method: 'token', token: 'of the configuration' }, ...more }],
      {
        folder,
        now,
      },
    );
    return vault as NonNullable<typeof vault>;
  };

  it('are found by their path or by a map, of the kind that their fields make', async () => {
    const vault = await open({ map: [{ id: 'db', path: 'elsewhere/db', fields: { username: 'user', password: 'pw' } }] });
    assert.deepEqual(await vault.find('login'), {
      id: 'login',
      type: 'usernamePassword',
      description: 'of the robot',
      fields: { username: 'robot', password: 'hidden' },
    });
    assert.equal((await vault.find('word'))?.type, 'string');
    assert.deepEqual((await vault.find('db'))?.fields, { username: 'root', password: 'toor' });
    assert.equal(await vault.find('none'), null);
    assert.equal(await vault.find('../elsewhere/db'), null);
    assert.deepEqual(
      (await vault.list()).map((c) => c.id),
      ['db', 'login', 'word'],
    );
    assert.equal((await (await open({ mount: 'old', version: 1 })).find('word'))?.fields['secret'], 'version 1');
  });

  it('are asked for once in a while, and the login is made anew where it has ended', async () => {
    let at = 1_000;
    const vault = await open({ auth: { method: 'appRole', roleId: 'millrace', secretId: { file: 'id' } } }, () => at);
    asked.length = 0;
    await vault.find('word');
    await vault.find('word');
    assert.deepEqual(asked, ['POST /v1/auth/approle/login', 'GET /v1/secret/data/ci/word']);
    logins++;
    at += 31_000;
    assert.equal((await vault.find('word'))?.fields['secret'], 'shh');
    assert.deepEqual(asked.slice(2), ['GET /v1/secret/data/ci/word', 'POST /v1/auth/approle/login', 'GET /v1/secret/data/ci/word']);
  });

  it('are told to be away where Vault refuses, talks nonsense or is not there, without a word of what is secret', async () => {
    const denied = await open({ auth: { method: 'token', token: 'wrong one' } });
    await assert.rejects(denied.find('word'), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'MR_CREDENTIALS_AWAY');
      assert.match(error.message, /Vault answered 403 to v1\/secret\/data\/ci\/word: permission denied/);
      return !error.message.includes('wrong one');
    });
    await assert.rejects((await open({ auth: { method: 'appRole', roleId: 'millrace', secretId: 'x' } })).find('word'), /invalid role or secret ID/);
    await assert.rejects((await open({ auth: { method: 'appRole', roleId: { env: 'MILLRACE_NOT_SET' }, secretId: 'x' } })).find('word'), /MILLRACE_NOT_SET/);
    answer = (_request, response) => {
      response.writeHead(200).end('<html>');
      return true;
    };
    await assert.rejects((await open({})).find('word'), { code: 'MR_CREDENTIALS_AWAY' });
    answer = (request) => {
      request.socket.destroy();
      return true;
    };
    await assert.rejects((await open({})).find('word'), /does not answer/);
    answer = null;
  });

  it('need settings that fit', async () => {
    for (const wrong of [{ url: 'ftp://x' }, { auth: { method: 'magic' } }, { unknown: 1 }, { kind: 'safe' }])
      await assert.rejects(open(wrong), { code: 'MR_CREDENTIAL_PROVIDER' });
  });
});
