/**
 * Files of one piece of work to and from a server, in chunks that a cut does not undo: before it goes on, the agent asks how
 * far the server is. The whole is checked by its SHA-256, which is made while the file is read or written.
 */
import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { TransferEnd } from '@millrace/protocol';
import { CRC_HEADER, MAX_CHUNK, MODE_HEADER, SHA256_HEADER } from '@millrace/protocol/agent/version';
import { failed, OperationError } from '../operations/operation.ts';
import type { Transfers } from '../operations/transfers.ts';
import { codeOf, countOf, fieldsOf, messageOf } from './answers.ts';
import type { Backoff } from './backoff.ts';
import type { Connection, HttpAnswer, HttpRequest } from './connection.ts';
import { ConnectionError } from './connection.ts';

/** A server looks at a whole file before it says that it has it. */
const END_IDLE_MS = 600_000;
/** How often a file may come out other than its digest says. */
const MAX_DAMAGED = 5;

export class HttpTransfers implements Transfers {
  private readonly work: string;
  private readonly connection: Connection;
  private readonly backoff: Backoff;
  private readonly signal: AbortSignal;
  private readonly scratch: () => string;
  private readonly gotOn: () => void;

  /** `gotOn` is called when bytes have come or were taken. */
  constructor(work: string, connection: Connection, backoff: Backoff, signal: AbortSignal, scratch: () => string, gotOn: () => void = () => undefined) {
    this.work = work;
    this.connection = connection;
    this.backoff = backoff;
    this.signal = signal;
    this.scratch = scratch;
    this.gotOn = gotOn;
  }

  async send(name: string, file: string, options: { readonly fingerprint?: boolean; readonly patienceMs?: number } = {}): Promise<void> {
    const { patienceMs, ...rest } = options;
    if (patienceMs !== undefined) return this.patiently(patienceMs, (transfers) => transfers.send(name, file, rest));
    const handle = await open(file, 'r');
    try {
      const { mode, mtimeMs } = await handle.stat();
      let reading = new Reading(handle, options.fingerprint === true);
      let damaged = 0;
      for (;;) {
        const offset = await this.offset(name);
        // What was read already cannot be read back into the digest.
        if (offset < reading.at) reading = new Reading(handle, options.fingerprint === true);
        if (!(await this.sendFrom(name, reading, offset))) continue;
        const end: TransferEnd = { size: reading.at, ...reading.digests(), mode: mode & 0o7777, modified: Math.floor(mtimeMs) };
        const answer = await this.ask('PUT', name, '', { body: JSON.stringify(end), idleMs: END_IDLE_MS });
        if (answer === null) continue;
        if (answer.status !== 409) return;
        if (++damaged >= MAX_DAMAGED) throw failed(`${file} changes while it is sent`, 'java.io.IOException');
        reading = new Reading(handle, options.fingerprint === true);
      }
    } finally {
      await handle.close();
    }
  }

  async fetch(name: string, file: string, { patienceMs }: { readonly patienceMs?: number } = {}): Promise<boolean> {
    if (patienceMs !== undefined) return this.patiently(patienceMs, (transfers) => transfers.fetch(name, file));
    const part = `${file}.millrace-part`;
    const handle = await open(part, 'w', 0o600);
    try {
      const writing: Writing = { handle, at: 0, hash: createHash('sha256'), sha256: null, mode: null };
      for (let attempt = 1, damaged = 0; ; attempt++) {
        const before = writing.at;
        const state = await this.fetchFrom(name, writing);
        if (state === 'none') return false;
        if (state === 'whole') break;
        if (state === 'damaged' && ++damaged >= MAX_DAMAGED) throw failed(`${name} arrives damaged`, 'java.io.IOException');
        if (writing.at > before) attempt = 1;
        this.stopIfAborted();
        await this.backoff.wait(attempt, this.signal);
      }
      await handle.chmod(writing.mode ?? 0o644);
      await rename(part, file);
      return true;
    } finally {
      await handle.close();
      await rm(part, { force: true });
    }
  }

  async artifacts(): Promise<{ path: string; size: number }[]> {
    const file = join(this.scratch(), 'artifacts.json');
    if (!(await this.fetch('artifacts', file))) return [];
    const { files } = fieldsOf(JSON.parse(await readFile(file, 'utf8')));
    const all = (Array.isArray(files) ? files : []).map(fieldsOf).map(({ path, size }) => ({ path: String(path), size: countOf(size) ?? 0 }));
    return all.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private async patiently<T>(ms: number, transfer: (transfers: HttpTransfers) => Promise<T>): Promise<T> {
    const impatient = new AbortController();
    const timer = setTimeout(() => impatient.abort(), ms);
    const signal = AbortSignal.any([this.signal, impatient.signal]);
    try {
      return await transfer(new HttpTransfers(this.work, this.connection, this.backoff, signal, this.scratch, () => timer.refresh()));
    } catch (e) {
      if (!impatient.signal.aborted || this.signal.aborted) throw e;
      throw failed(`no server has got on with it for ${Math.round(ms / 1_000)} s`, 'java.io.IOException');
    } finally {
      clearTimeout(timer);
    }
  }

  /** How far the server is. */
  private async offset(name: string): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.ask('POST', name, '', {});
      const offset = answer === null ? null : countOf(fieldsOf(answer.json)['offset']);
      if (offset !== null) return offset;
      if (answer !== null) await this.backoff.wait(attempt, this.signal);
    }
  }

  /** false: the server has to be asked how far it is. */
  private async sendFrom(name: string, reading: Reading, offset: number): Promise<boolean> {
    for (;;) {
      const from = reading.at;
      const bytes = await reading.next();
      if (bytes.length === 0) return true;
      const rest = from >= offset ? bytes : bytes.subarray(Math.min(bytes.length, offset - from));
      if (rest.length === 0) continue;
      const headers = { [CRC_HEADER]: crc32(rest).toString(16).padStart(8, '0') };
      const answer = await this.ask('PATCH', name, `?offset=${reading.at - rest.length}`, { body: rest, type: 'application/octet-stream', headers });
      if (answer === null || countOf(fieldsOf(answer.json)['offset']) !== reading.at) return false;
      this.gotOn();
    }
  }

  private async fetchFrom(name: string, writing: Writing): Promise<'whole' | 'cut' | 'damaged' | 'none'> {
    let chunkAt = writing.at;
    try {
      const message = await this.connection.open('GET', this.path(name), {
        signal: this.signal,
        headers: chunkAt === 0 ? {} : { range: `bytes=${chunkAt}-` },
      });
      const status = message.statusCode ?? 0;
      const digest = message.headers[SHA256_HEADER];
      if (status === 404 || status === 410 || (status !== 200 && status !== 206 && status !== 416)) {
        const chunks: Buffer[] = [];
        for await (const chunk of message) if (chunks.length < 100) chunks.push(chunk as Buffer);
        const json = jsonOf(Buffer.concat(chunks));
        // One without a code is somebody's who is in between.
        if (status === 404 && codeOf(json) !== '') return 'none';
        this.refuse({ status, json, headers: message.headers });
        return 'cut';
      }
      if (status === 200 || (writing.sha256 !== null && digest !== writing.sha256)) {
        restart(writing);
        if (status !== 200) {
          message.destroy();
          return 'damaged';
        }
      }
      chunkAt = writing.at;
      writing.sha256 = typeof digest === 'string' ? digest : null;
      const mode = Number.parseInt(String(message.headers[MODE_HEADER]), 8);
      writing.mode = Number.isInteger(mode) ? mode & 0o777 : null;
      if (status === 416) message.resume();
      else
        for await (const chunk of message) {
          const bytes = chunk as Buffer;
          writing.hash.update(bytes);
          await writing.handle.write(bytes, 0, bytes.length, writing.at);
          writing.at += bytes.length;
          this.gotOn();
        }
      if (!message.complete && status !== 416) return 'cut';
    } catch (e) {
      this.stopIfAborted();
      if (e instanceof OperationError || /^(ENOSPC|EDQUOT|EIO|EFBIG|EROFS)$/.test((e as NodeJS.ErrnoException).code ?? '')) throw e;
      return 'cut';
    }
    await writing.handle.truncate(writing.at);
    if (writing.sha256 === null || writing.hash.copy().digest('hex') === writing.sha256) return 'whole';
    restart(writing);
    return 'damaged';
  }

  /** Asks until something answers; null: what was asked may or may not have happened. Throws where the server refuses. */
  private async ask(method: string, name: string, query: string, request: Omit<HttpRequest, 'signal'>): Promise<HttpAnswer | null> {
    this.stopIfAborted();
    try {
      const answer = await this.connection.request(method, `${this.path(name)}${query}`, { ...request, signal: this.signal });
      if (answer.status < 300 || answer.status === 409) {
        this.failures = 0;
        return answer;
      }
      this.refuse(answer);
    } catch (e) {
      if (!(e instanceof ConnectionError)) throw e;
      this.stopIfAborted();
    }
    await this.backoff.wait(++this.failures, this.signal);
    return null;
  }
  private failures = 0;

  /** Returns where the same may be asked again. */
  private refuse({ status, json }: HttpAnswer): void {
    if (status === 410) throw new OperationError({ code: 'MR_CANCELLED', message: 'the server no longer wants this' });
    if (status < 400 || status >= 500 || [401, 404, 408, 425, 429].includes(status)) return;
    throw new OperationError({ code: codeOf(json) || 'MR_HOST', message: messageOf(json) || `the server answered ${status}` });
  }
  private stopIfAborted(): void {
    if (this.signal.aborted) throw new OperationError({ code: 'MR_CANCELLED', message: 'the transfer was cancelled' });
  }
  private path(name: string): string {
    return `work/${this.work}/transfers/${encodeURIComponent(name)}`;
  }
}

interface Writing {
  readonly handle: FileHandle;
  at: number;
  hash: Hash;
  sha256: string | null;
  mode: number | null;
}
function restart(writing: Writing): void {
  writing.at = 0;
  writing.hash = createHash('sha256');
  writing.sha256 = null;
}

/** Reads a file from its beginning, chunk by chunk, with its digests. */
class Reading {
  at = 0;
  private readonly handle: FileHandle;
  private readonly sha256 = createHash('sha256');
  private readonly md5: Hash | null;
  constructor(handle: FileHandle, fingerprint: boolean) {
    this.handle = handle;
    this.md5 = fingerprint ? createHash('md5') : null;
  }
  async next(): Promise<Buffer> {
    const { buffer, bytesRead } = await this.handle.read(Buffer.allocUnsafe(MAX_CHUNK), 0, MAX_CHUNK, this.at);
    const bytes = buffer.subarray(0, bytesRead);
    this.at += bytesRead;
    this.sha256.update(bytes);
    this.md5?.update(bytes);
    return bytes;
  }
  digests(): { sha256: string; md5?: string } {
    return { sha256: this.sha256.copy().digest('hex'), ...(this.md5 === null ? {} : { md5: this.md5.copy().digest('hex') }) };
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
