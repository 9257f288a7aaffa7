import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import type { Message } from '../message.ts';
import { NOTHING } from '../message.ts';
import type { Reply } from '../testing/chat-server.ts';
import { ChatServer } from '../testing/chat-server.ts';
import { MailServer, madeCertificate } from '../testing/mail-server.ts';
import { mailAddress } from './addresses.ts';
import type { Channel, SendContext } from './channel.ts';
import { SendLater, SendRefused } from './channel.ts';
import { openChannels } from './registry.ts';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const SECRETS: Readonly<Record<string, Record<string, string>>> = {
  token: { secret: 'robot-token-1' },
  secret: { secret: 'sign-secret-2' },
  login: { username: 'ci', password: 'mail-password-3' },
  bot: { secret: 'xoxb-bot-token-4' },
};

function context(more: Partial<SendContext> = {}): SendContext {
  return {
    id: 'millrace-abc-7',
    at: NOW,
    now: () => NOW,
    signal: AbortSignal.timeout(20_000),
    credential: async (id) => {
      const fields = SECRETS[id];
      if (fields === undefined) throw new SendRefused(`Could not find credentials entry with ID '${id}'`);
      return { id, type: 'string', description: null, fields };
    },
    blob: async (key) => Readable.from([`content of ${key}`]),
    ...more,
  };
}
const open = (settings: object): Channel => openChannels([{ name: 'c', ...settings } as never], '/').all[0] as Channel;
const message = (more: Partial<Message> = {}): Message => ({ ...NOTHING, title: 'Failed: app #3', text: 'It **failed**', ...more });
const mailTo = (to: readonly string[], more: object = {}): Message =>
  message({ mail: { to, cc: [], bcc: [], from: null, replyTo: null, mimeType: 'text/plain', attachments: [], ...more } });

async function played(replies: readonly Reply[], test: (server: ChatServer) => Promise<void>): Promise<void> {
  const server = await ChatServer.start(...replies);
  try {
    await test(server);
  } finally {
    await server.close();
  }
}
const refusal = async (sending: Promise<unknown>, kind: typeof SendLater | typeof SendRefused, words: RegExp): Promise<Error> => {
  try {
    await sending;
  } catch (error) {
    assert.ok(error instanceof kind, String((error as Error).stack));
    assert.match(error.message, words);
    for (const { secret, password } of Object.values(SECRETS))
      for (const one of [secret, password]) if (one !== undefined) assert.ok(!error.message.includes(one), error.message);
    return error;
  }
  throw new Error('it was taken');
};

describe('robots', () => {
  it('DingTalk gets a signed message, and its errors inside of 200 are errors', () =>
    played(
      [
        { body: { errcode: 0, errmsg: 'ok' } },
        { body: { errcode: 310000, errmsg: 'sign not match robot-token-1' } },
        { body: { errcode: 130101, errmsg: 'send too fast' } },
      ],
      async (server) => {
        const channel = open({ kind: 'dingtalk', tokenCredentialsId: 'token', secretCredentialsId: 'secret', url: `${server.url}/robot/send` });
        await channel.send(message({ format: 'markdown', at: { mobiles: ['13800000000'], users: [], all: false } }), context());
        const [asked] = server.asked;
        assert.equal(asked?.path, '/robot/send');
        assert.equal(asked?.query.get('access_token'), 'robot-token-1');
        const sign = createHmac('sha256', 'sign-secret-2')
          .update(`${asked?.query.get('timestamp')}\nsign-secret-2`)
          .digest('base64');
        assert.deepEqual([asked?.query.get('timestamp'), asked?.query.get('sign')], [String(NOW), sign]);
        assert.deepEqual(asked?.body, {
          msgtype: 'markdown',
          markdown: { title: 'Failed: app #3', text: 'It **failed**\n\n@13800000000' },
          at: { atMobiles: ['13800000000'], atUserIds: [], isAtAll: false },
        });
        await refusal(channel.send(message(), context()), SendRefused, /^DingTalk: 310000 sign not match \*\*\*\*$/);
        const late = (await refusal(channel.send(message(), context()), SendLater, /130101/)) as SendLater;
        assert.equal(late.afterMs, 60_000);
      },
    ));

  it('Feishu gets its signature in the body, and a card in the colour of the result', () =>
    played(
      [{ body: { code: 0, msg: 'success' } }, { body: { code: 19021, msg: 'sign match fail' } }, { body: { code: 11232, msg: 'frequency limited' } }],
      async (server) => {
        const channel = open({ kind: 'feishu', tokenCredentialsId: 'token', secretCredentialsId: 'secret', url: `${server.url}/open-apis/bot/v2/hook/` });
        await channel.send(message({ format: 'markdown', level: 'danger', at: { mobiles: [], users: [], all: true } }), context());
        const [asked] = server.asked;
        assert.equal(asked?.path, '/open-apis/bot/v2/hook/robot-token-1');
        const timestamp = String(NOW / 1_000);
        assert.deepEqual(
          [asked?.body.timestamp, asked?.body.sign],
          [timestamp, createHmac('sha256', `${timestamp}\nsign-secret-2`).update('').digest('base64')],
        );
        assert.equal(asked?.body.card.header.template, 'red');
        assert.equal(asked?.body.card.elements[0].content, 'It **failed**\n<at id=all></at>');
        await refusal(channel.send(message(), context()), SendRefused, /19021/);
        await refusal(channel.send(message(), context()), SendLater, /11232/);
      },
    ));

  it('WeCom gets its key, is cut at its limit, and is waited for at 45009', () =>
    played(
      [
        { body: { errcode: 0, errmsg: 'ok' } },
        { body: { errcode: 93000, errmsg: 'invalid webhook url' } },
        { body: { errcode: 45009, errmsg: 'api freq out of limit' } },
      ],
      async (server) => {
        const channel = open({ kind: 'wecom', keyCredentialsId: 'token', url: `${server.url}/cgi-bin/webhook/send` });
        await channel.send(message({ text: '长'.repeat(3_000), at: { mobiles: ['13800000000'], users: ['ann'], all: true } }), context());
        const [asked] = server.asked;
        assert.equal(asked?.query.get('key'), 'robot-token-1');
        assert.ok(Buffer.byteLength(asked?.body.text.content) <= 2_048);
        assert.deepEqual([asked?.body.text.mentioned_list, asked?.body.text.mentioned_mobile_list], [['ann', '@all'], ['13800000000']]);
        await refusal(channel.send(message(), context()), SendRefused, /93000/);
        await refusal(channel.send(message(), context()), SendLater, /45009/);
      },
    ));

  it('Slack is told by a bot or a webhook; ok: false is an error, 429 says how long to wait', () =>
    played(
      [
        { body: { ok: true } },
        { body: { ok: false, error: 'channel_not_found' } },
        { status: 429, headers: { 'retry-after': '7' }, body: { ok: false, error: 'ratelimited' } },
      ],
      async (server) => {
        const channel = open({ kind: 'slack', tokenCredentialsId: 'bot', channel: '#builds', url: `${server.url}/api/` });
        await channel.send(message({ format: 'markdown', url: 'http://ci/job/app/3/', level: 'danger', text: '**Result**: [x](http://y)' }), context());
        const [asked] = server.asked;
        assert.equal(asked?.path, '/api/chat.postMessage');
        assert.equal(asked?.headers.authorization, 'Bearer xoxb-bot-token-4');
        assert.equal(asked?.body.channel, '#builds');
        assert.deepEqual([asked?.body.attachments[0].text, asked?.body.attachments[0].color], ['*Result*: <http://y|x>', 'danger']);
        await refusal(channel.send(message({ to: '#nowhere' }), context()), SendRefused, /^Slack: channel_not_found$/);
        assert.equal(server.asked[1]?.body.channel, '#nowhere');
        const late = (await refusal(channel.send(message(), context()), SendLater, /429/)) as SendLater;
        assert.equal(late.afterMs, 7_000);
      },
    ));
  it("a Slack webhook's address is told to nobody, whatever fails", async () => {
    let address = '';
    const credential: SendContext['credential'] = async (id) => ({ id, type: 'string', description: null, fields: { secret: address } });
    const channel = open({ kind: 'slack', webhookCredentialsId: 'hook' });
    await played([{ body: 'ok' }, { status: 404, body: 'no_service at /services/T0/B0/hook-secret' }], async (server) => {
      address = `${server.url}/services/T0/B0/hook-secret`;
      await channel.send(message(), context({ credential }));
      assert.equal(server.asked[0]?.path, '/services/T0/B0/hook-secret');
      assert.ok(!(await refusal(channel.send(message(), context({ credential })), SendRefused, /404 no_service/)).message.includes('hook-secret'));
    });
    assert.ok(!(await refusal(channel.send(message(), context({ credential })), SendLater, /ECONNREFUSED|UND_ERR_SOCKET/)).message.includes('hook-secret'));
    address = 'ftp://x/hook-secret';
    assert.ok(!(await refusal(channel.send(message(), context({ credential })), SendRefused, /https/)).message.includes('hook-secret'));
  });

  it('a webhook is signed, names its delivery, and follows no redirection', () =>
    played(
      [{ body: '' }, { status: 302, headers: { location: 'http://169.254.169.254/' }, body: '' }, { status: 503, headers: { 'retry-after': '3' }, body: '' }],
      async (server) => {
        const channel = open({ kind: 'webhook', url: `${server.url}/hook`, secretCredentialsId: 'secret', headers: { 'X-Team': 'a' } });
        await channel.send(message(), context());
        const [asked] = server.asked;
        assert.equal(
          asked?.headers['x-millrace-signature-256'],
          `sha256=${createHmac('sha256', 'sign-secret-2')
            .update(asked?.raw ?? '')
            .digest('hex')}`,
        );
        assert.deepEqual([asked?.headers['x-millrace-delivery'], asked?.headers['x-team']], ['millrace-abc-7', 'a']);
        assert.deepEqual(asked?.body, {
          id: 'millrace-abc-7',
          at: '2026-01-02T03:04:05.000Z',
          title: 'Failed: app #3',
          text: 'It **failed**',
          level: 'info',
          url: null,
          to: null,
          event: 'message',
        });
        await refusal(channel.send(message(), context()), SendRefused, /302/);
        assert.equal(((await refusal(channel.send(message(), context()), SendLater, /503/)) as SendLater).afterMs, 3_000);
      },
    ));

  it('settings that are wrong are told with their place', () => {
    const wrong = (settings: object, words: RegExp): void => {
      assert.throws(
        () => open(settings),
        (error: Error & { code?: string }) => error.code === 'MR_NOTIFICATION_CHANNEL' && words.test(error.message),
      );
    };
    wrong({ kind: 'pigeon' }, /notifications: c: there is no kind ‘pigeon’, only dingtalk, email/);
    wrong({ kind: 'email', host: 'x', from: 'a@b.c', prot: 25 }, /Unrecognized key: "prot"/);
    wrong({ kind: 'slack' }, /webhookCredentialsId or tokenCredentialsId/);
    wrong({ kind: 'webhook', url: 'file:///etc/passwd' }, /url/);
    wrong({ kind: 'dingtalk', name: 'a b', tokenCredentialsId: 'x' }, /name/);
    assert.throws(
      () =>
        openChannels(
          [
            { kind: 'webhook', name: 'a', url: 'http://x' },
            { kind: 'webhook', name: 'a', url: 'http://x' },
          ],
          '/',
        ),
      /twice/,
    );
  });
});

describe('e-mail', () => {
  const email = (server: { readonly port: number }, more: object = {}): Channel =>
    open({ kind: 'email', host: '127.0.0.1', port: server.port, from: 'Millrace <ci@example.org>', ...more });

  it('goes to a server with STARTTLS and a login, with attachments, and under the same Message-ID each time', async (t) => {
    const tls = madeCertificate();
    if (tls === null) {
      t.skip('there is no openssl to make a certificate');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'millrace-mail-test-'));
    writeFileSync(join(folder, 'ca.pem'), tls.cert);
    const server = await MailServer.start({ tls, login: { user: 'ci', password: 'mail-password-3' } });
    try {
      const channel = email(server, { credentialsId: 'login', ca: join(folder, 'ca.pem'), defaultSuffix: '@example.org', replyTo: 'team' });
      const sent = mailTo(['ann', 'Böb <bob@example.net>'], { cc: ['c@example.net'], bcc: ['d@example.net'], attachments: [{ name: 'log.txt', blob: 'b1' }] });
      await channel.send(sent, context());
      await channel.send(sent, context());
      const [one, two] = server.received;
      assert.deepEqual([one?.secure, one?.user, one?.from], [true, 'ci', 'ci@example.org']);
      assert.deepEqual(one?.to, ['ann@example.org', 'bob@example.net', 'c@example.net', 'd@example.net']);
      assert.match(one?.raw ?? '', /^Message-ID: <millrace-abc-7@example\.org>\r$/m);
      assert.match(two?.raw ?? '', /^Message-ID: <millrace-abc-7@example\.org>\r$/m);
      assert.match(one?.raw ?? '', /^Reply-To: team@example\.org\r$/m);
      assert.ok(!/d@example\.net/.test(one?.raw ?? ''), 'a blind copy is named to others');
      assert.ok((one?.raw ?? '').includes(Buffer.from('content of b1').toString('base64')));
      // Without the authority's certificate nothing is said to it.
      await refusal(email(server, { credentialsId: 'login', defaultSuffix: 'example.org' }).send(sent, context()), SendLater, /certificate/);
      assert.equal(server.received.length, 2);
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('a password is not told to a server without TLS, and a wrong one is refused for good', async () => {
    const server = await MailServer.start({ login: { user: 'ci', password: 'another' } });
    try {
      await refusal(email(server, { credentialsId: 'login' }).send(mailTo(['a@b.c']), context()), SendRefused, /not recognized/);
      assert.equal(server.received.length, 0);
    } finally {
      await server.close();
    }
    const tls = madeCertificate();
    if (tls === null) return;
    const folder = mkdtempSync(join(tmpdir(), 'millrace-mail-test-'));
    writeFileSync(join(folder, 'ca.pem'), tls.cert);
    const strict = await MailServer.start({ tls, login: { user: 'ci', password: 'another' } });
    try {
      await refusal(email(strict, { credentialsId: 'login', ca: join(folder, 'ca.pem') }).send(mailTo(['a@b.c']), context()), SendRefused, /535/);
    } finally {
      await strict.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('tells refusals for good from those for now, for each recipient', async () => {
    const refuse = (address: string) =>
      address.startsWith('gone') ? { code: 550, words: 'No such user' } : address.startsWith('grey') ? { code: 451, words: 'Try again later' } : null;
    const server = await MailServer.start({ refuse });
    try {
      await refusal(email(server).send(mailTo(['gone@x.y']), context()), SendRefused, /550.*No such user/);
      await refusal(email(server).send(mailTo(['grey@x.y', 'gone@x.y']), context()), SendLater, /451/);
      const some = await email(server).send(mailTo(['a@x.y', 'grey@x.y', 'gone@x.y']), context());
      assert.deepEqual(some.left, ['grey@x.y']);
      assert.match(some.note ?? '', /gone@x.y: 550/);
      await email(server).send(mailTo(['a@x.y', 'b@x.y'], { left: ['b@x.y'] }), context());
      assert.deepEqual(
        server.received.map((m) => m.to),
        [['a@x.y'], ['b@x.y']],
      );
      // All are named still in what b reads.
      assert.match(server.received[1]?.raw ?? '', /^To: a@x.y, b@x.y\r$/m);
    } finally {
      await server.close();
    }
  });

  it('a server that is away or silent is asked again', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await refusal(email({ port }).send(mailTo(['a@b.c']), context({ signal: AbortSignal.timeout(300) })), SendLater, /too long|closed/);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    await refusal(email({ port }).send(mailTo(['a@b.c']), context()), SendLater, /ECONNREFUSED/);
  });

  it('an address holds no second header', () => {
    assert.equal(mailAddress('ann', '@example.org'), 'ann@example.org');
    assert.equal(mailAddress('Ann L <ann@x.y>', null), 'Ann L <ann@x.y>');
    for (const wrong of ['', 'ann', 'a@b@c', 'a@b.c\r\nBcc: x@y.z', 'x <a@b.c', 'a b@c.d', '"a@b.c', `${'a'.repeat(600)}@b.c`])
      assert.throws(
        () => mailAddress(wrong, null),
        (error: Error & { code?: string }) => error.code === 'MR_NOTIFICATION_ADDRESS',
        wrong,
      );
    for (let i = 0; i < 500; i++) {
      const bytes = Buffer.from(Array.from({ length: i % 40 }, () => Math.floor(Math.random() * 256))).toString('latin1');
      try {
        assert.ok(!/[\r\n]/.test(mailAddress(bytes, '@x.y')));
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'MR_NOTIFICATION_ADDRESS');
      }
    }
  });
});
