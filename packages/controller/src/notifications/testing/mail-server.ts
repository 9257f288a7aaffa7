/** A real SMTP server for tests: with STARTTLS by a certificate made on the spot, a login, and refusals as they are asked for. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | null;
  readonly raw: string;
}

export interface MailServerOptions {
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly login?: { readonly user: string; readonly password: string };
  /** Answers an SMTP code and words for a recipient that is not taken. */
  readonly refuse?: (recipient: string, attempt: number) => { readonly code: number; readonly words: string } | null;
  /** The answer to the mail's end waits for it. */
  readonly hold?: () => Promise<void>;
}

export class MailServer {
  readonly received: ReceivedMail[] = [];
  attempts = 0;
  port = 0;
  private readonly server: SMTPServer;
  private readonly watching = new Set<() => void>();

  private constructor({ tls, login, refuse, hold }: MailServerOptions) {
    const asked = new Map<string, number>();
    this.server = new SMTPServer({
      ...(tls === undefined ? { disabledCommands: ['STARTTLS'] } : { key: tls.key, cert: tls.cert }),
      authOptional: login === undefined,
      disableReverseLookup: true,
      onConnect: (_session, done) => {
        this.attempts++;
        done();
      },
      onAuth: (auth, _session, done) => {
        if (auth.username === login?.user && auth.password === login?.password) done(null, { user: auth.username });
        else done(new Error('Invalid username or password'));
      },
      onRcptTo: ({ address }, _session, done) => {
        const attempt = (asked.get(address) ?? 0) + 1;
        asked.set(address, attempt);
        const no = refuse?.(address, attempt) ?? null;
        if (no === null) done();
        else done(Object.assign(new Error(no.words), { responseCode: no.code }));
      },
      onData: (stream, session, done) => {
        void text(stream).then(async (raw) => {
          this.received.push({
            from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
            to: session.envelope.rcptTo.map((one) => one.address),
            secure: session.secure,
            user: (session.user as string | undefined) ?? null,
            raw,
          });
          for (const tell of this.watching) tell();
          await hold?.();
          done();
        }, done);
      },
    });
    // A client that goes in the middle is no error of the test.
    this.server.on('error', () => undefined);
  }
  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const made = new MailServer(options);
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    made.port = (made.server.server.address() as AddressInfo).port;
    return made;
  }
  /** Resolves when so many mails have come. */
  async count(n: number): Promise<void> {
    while (this.received.length < n)
      await new Promise<void>((resolve) => {
        const tell = (): void => {
          this.watching.delete(tell);
          resolve();
        };
        this.watching.add(tell);
      });
  }
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}

/** Null where there is no openssl to make one. */
export function madeCertificate(): { readonly key: string; readonly cert: string } | null {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-mail-'));
  const key = join(folder, 'key'),
    cert = join(folder, 'cert');
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost,IP:127.0.0.1',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
