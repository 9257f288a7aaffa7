/** What a job is made from: a Jenkinsfile, a git repository, or a configuration in JSON or YAML as the API takes it. */
import { readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { CommandError } from '../errors.ts';
import type { Call } from './call.ts';

export type JobSource = { readonly kind: 'definition'; readonly definition: object } | { readonly kind: 'config'; readonly config: Record<string, unknown> };

export const SOURCE_OPTIONS = { git: { type: 'string' }, branch: { type: 'string' }, path: { type: 'string' }, credentials: { type: 'string' } } as const;

/** Null: neither a file nor a repository was named. Throws MR_USAGE. */
export async function jobSource(call: Call, file: string | undefined): Promise<JobSource | null> {
  const git = call.text('git');
  if (git !== undefined) {
    if (file !== undefined) throw call.wrong('--git and a file exclude each other');
    const [branch, path, credentialsId] = [call.text('branch'), call.text('path'), call.text('credentials')];
    const more = {
      ...(branch === undefined ? {} : { branch }),
      ...(path === undefined ? {} : { path }),
      ...(credentialsId === undefined ? {} : { credentialsId }),
    };
    return { kind: 'definition', definition: { kind: 'git', url: git, ...more } };
  }
  if (file === undefined) return null;
  const text = await content(file);
  const config = /\.(json|ya?ml)$/i.test(file) ? await parsed(file, text) : file === '-' ? jsonObject(text) : null;
  return config === null ? { kind: 'definition', definition: { kind: 'inline', script: text } } : { kind: 'config', config };
}

/** Of which kind a job with this configuration is. */
export function kindOf(config: { readonly [field: string]: unknown }): 'pipeline' | 'freestyle' | 'folder' | 'multibranch' | 'organization' {
  if ('sources' in config) return 'multibranch';
  if ('source' in config) return 'organization';
  if ('definition' in config) return 'pipeline';
  return 'steps' in config ? 'freestyle' : 'folder';
}

export async function content(file: string): Promise<string> {
  if (file === '-') return textOf(process.stdin);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CommandError('MR_USAGE', `${file} cannot be read`);
  }
}

async function parsed(file: string, text: string): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  let data: unknown;
  try {
    // JSON is YAML too.
    data = parse(text);
  } catch (e) {
    throw new CommandError('MR_USAGE', `${file} is no YAML: ${(e as Error).message}`);
  }
  if (data === null || typeof data !== 'object' || Array.isArray(data)) throw new CommandError('MR_USAGE', `${file} holds no configuration of a job`);
  return data as Record<string, unknown>;
}

/** From standard input both come; a Jenkinsfile is never a JSON object. */
function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(text);
    return data !== null && typeof data === 'object' && !Array.isArray(data) ? (data as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
