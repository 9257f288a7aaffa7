/** `millrace key`: gives the database another installation key, while no controller runs or beside those that do. */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { changeInstallationKey, keyFrom, readKey, Store } from '@millrace/controller';
import { CommandError } from '../errors.ts';

const HELP = `Usage: millrace key change [--data FOLDER]

Wraps the keys in the database by another installation key. Nothing else changes: what is sealed stays sealed as it is, and
controllers that run go on; each starts with the new key the next time.

Options:
      --data FOLDER     where the server keeps what it has (default: ./millrace-data)
      --help            this text

Environment:
  DATABASE_URL        of PostgreSQL; else the SQLite database in the data folder
  MILLRACE_KEY        the key of now; where it is not set, the file secret.key in the data folder
  MILLRACE_NEW_KEY    the new one: openssl rand -base64 32. It takes the place of the file where that was the key
`;

export async function key(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  if (positionals.length !== 1 || positionals[0] !== 'change') throw new CommandError('MR_USAGE', 'millrace key takes: change (see millrace key --help)');
  const data = resolve(values.data ?? 'millrace-data');
  const url = process.env['DATABASE_URL'] ?? '';
  const given = process.env['MILLRACE_KEY'];
  const file = join(data, 'secret.key');
  if (url === '' && !existsSync(join(data, 'millrace.db')))
    throw new CommandError('MR_USAGE', `there is no server's data in ${data}: name the folder by --data`);
  if ((given === undefined || given === '') && !existsSync(file)) throw new CommandError('MR_USAGE', `neither MILLRACE_KEY nor ${file} is there`);
  const to = keyFrom(process.env['MILLRACE_NEW_KEY'] ?? '', 'MILLRACE_NEW_KEY');
  const from = readKey(data, given, url !== '');
  const store = await Store.open({ url: url === '' ? null : url, folder: data, origin: 'key' });
  const inFile = (given === undefined || given === '') && existsSync(file);
  try {
    // The new file is there before the database needs it, the old one until it does not.
    if (inFile) writeFileSync(`${file}.new`, to, { mode: 0o600 });
    const count = await changeInstallationKey(store, from, to);
    if (inFile) renameSync(`${file}.new`, file);
    process.stdout.write(`${count} ${count === 1 ? 'key is' : 'keys are'} wrapped by the new installation key\n`);
  } finally {
    await store.close();
  }
  return 0;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { help: { type: 'boolean', short: 'h' }, data: { type: 'string' } } });
  } catch (e) {
    throw new CommandError('MR_USAGE', `millrace key: ${(e as Error).message}`);
  }
}
