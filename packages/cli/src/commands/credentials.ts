/** `millrace credentials`: what builds log in with. Secrets come from files or the standard input, never from the command line. */
import { readFileSync } from 'node:fs';
import type { ApiClient } from '../client/api-client.ts';
import { Call, COMMON_HELP, print, STATUS_HELP } from '../client/call.ts';
import { CREDENTIAL_FIELDS } from '../client/credential-fields.ts';
import { done } from '../client/done.ts';
import { listed } from '../client/listed.ts';
import type { CredentialList, CredentialUses, ShownCredential } from '../client/shapes.ts';
import { moment } from '../client/times.ts';
import { CommandError } from '../errors.ts';

const HELP = `Usage: millrace credentials [--folder PATH]
       millrace credentials create ID --kind KIND [FIELDS] [--folder PATH]
       millrace credentials change ID [FIELDS] [--folder PATH]
       millrace credentials delete ID [--folder PATH]
       millrace credentials uses ID

Lists credentials: those of the installation, or those that a folder or job may use. change leaves what is not given as it is.

Fields, by the kind:
${Object.entries(CREDENTIAL_FIELDS)
  .map(([kind, fields]) => `  ${kind.padEnd(18)}${fields.map((f) => f.name).join(', ')}`)
  .join('\n')}

Options:
      --kind KIND
      --set NAME=VALUE      a field that is no secret, such as username
      --secret NAME=FILE    a secret field from a file; - is the standard input. A last line break is left out.
      --description TEXT
      --jobs LIST           full names of jobs that may use it, * and ** for any; with commas
      --users LIST          only builds that they have started may
      --no-builds           only for the server's own work, never for steps
      --folder PATH
${COMMON_HELP}
${STATUS_HELP}`;

export async function credentials(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const call = new Call('credentials', args, {
    kind: text,
    set: { type: 'string', multiple: true },
    secret: { type: 'string', multiple: true },
    description: text,
    jobs: text,
    users: text,
    'no-builds': { type: 'boolean' },
    folder: text,
  });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const client = call.client();
  const folder = call.text('folder');
  const base = folder === undefined ? '/credentials' : `/items/${encodeURIComponent(folder)}/credentials`;
  const [what] = call.words;
  if (what === undefined || what === 'list') return list(call, client, base);
  const [, id] = call.take(what, 'ID') as [string, string];
  const address = `${base}/${encodeURIComponent(id)}`;
  switch (what) {
    case 'create': {
      const type = call.text('kind') ?? '';
      if (!Object.hasOwn(CREDENTIAL_FIELDS, type)) throw call.wrong(`--kind takes one of ${Object.keys(CREDENTIAL_FIELDS).join(', ')}`);
      const body = { id, description: call.text('description') ?? '', allow: allowOf(call, null), secrets: { type, fields: fieldsOf(call, type) } };
      return done(call, await client.change<ShownCredential>('POST', base, { body }), `${id} is made`);
    }
    case 'change': {
      const before = await client.get<ShownCredential>(address);
      const body = {
        description: call.text('description') ?? before.description,
        allow: allowOf(call, before.allow),
        secrets: { type: before.type, fields: { ...before.shown, ...fieldsOf(call, before.type) } },
      };
      return done(call, await client.change<ShownCredential>('PUT', address, { body }), `${id} is changed`);
    }
    case 'delete':
      await client.change('DELETE', address);
      return done(call, { deleted: id }, `${id} is deleted`);
    case 'uses': {
      const { entries } = await client.get<CredentialUses>(`/credentials/${encodeURIComponent(id)}/uses`);
      const rows = entries.map((use) => [moment(use.at), use.item ?? '', use.build === null ? '' : `#${use.build}`, use.purpose]);
      return listed(call, entries, ['AT', 'JOB', 'BUILD', 'FOR'], rows);
    }
    default:
      throw call.wrong(`there is no ${what}`);
  }
}

function allowOf(call: Call, before: ShownCredential['allow'] | null): ShownCredential['allow'] {
  const names = (option: string): string[] | undefined =>
    call
      .text(option)
      ?.split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  return {
    jobs: names('jobs') ?? before?.jobs ?? null,
    users: names('users') ?? before?.users ?? null,
    builds: call.flag('no-builds') ? false : (before?.builds ?? true),
  };
}

function fieldsOf(call: Call, kind: string): Record<string, string> {
  const known = CREDENTIAL_FIELDS[kind] ?? [];
  const fields: Record<string, string> = {};
  for (const [name, value] of call.pairs('set')) {
    const field = known.find((f) => f.name === name);
    if (field === undefined) throw call.wrong(`a ${kind} has no field ${name}`);
    if (field.secret) throw call.wrong(`${name} is a secret: give it by --secret ${name}=FILE`);
    fields[name] = value;
  }
  for (const [name, path] of call.pairs('secret')) {
    const field = known.find((f) => f.name === name);
    if (field === undefined) throw call.wrong(`a ${kind} has no field ${name}`);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path === '-' ? 0 : path);
    } catch {
      throw new CommandError('MR_USAGE', `${path} cannot be read`);
    }
    fields[name] = field.base64 ? bytes.toString('base64') : name === 'privateKey' ? bytes.toString('utf8') : bytes.toString('utf8').replace(/\r?\n$/, '');
  }
  return fields;
}

async function list(call: Call, client: ApiClient, base: string): Promise<number> {
  call.take('list?');
  const all = await client.get<CredentialList>(base);
  for (const { message } of all.away) process.stderr.write(`${message}\n`);
  const rows = all.credentials.map((c) => [
    c.id,
    c.type,
    c.folder ?? '',
    c.provider,
    Object.values(c.shown).join(' '),
    c.usedAt === null ? '' : moment(c.usedAt),
    c.description,
  ]);
  return listed(call, all, ['ID', 'KIND', 'FOLDER', 'KEPT BY', 'SHOWN', 'LAST USED', 'DESCRIPTION'], rows);
}
