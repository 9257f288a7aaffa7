/** The server and the token that `millrace login` keeps for this user: ~/.config/millrace/client.json, readable by nobody else. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { CommandError } from '../errors.ts';

export interface SavedLogin {
  readonly url: string;
  readonly token: string;
  readonly user: string | null;
  /** By which `logout` ends the token; null: it was given and is not ours to end. */
  readonly tokenId: string | null;
}

export function loginFile(): string {
  const configured = process.env['XDG_CONFIG_HOME'];
  return join(configured === undefined || configured === '' ? join(homedir(), '.config') : configured, 'millrace', 'client.json');
}

export function readLogin(): SavedLogin | null {
  let text: string;
  try {
    text = readFileSync(loginFile(), 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new CommandError('MR_CONFIG', `${loginFile()} cannot be read: ${(e as Error).message}`);
  }
  let data: Partial<SavedLogin> | null;
  try {
    data = JSON.parse(text) as Partial<SavedLogin> | null;
  } catch {
    data = null;
  }
  if (typeof data?.url !== 'string' || typeof data.token !== 'string') throw new CommandError('MR_CONFIG', `${loginFile()} is damaged: log in again`);
  return { url: data.url, token: data.token, user: data.user ?? null, tokenId: data.tokenId ?? null };
}

export function writeLogin(login: SavedLogin): void {
  const file = loginFile();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, file);
}

export function forgetLogin(): void {
  rmSync(loginFile(), { force: true });
}
