import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeZip, ZipError, ZipReader } from './zip.ts';

test('an archive gives back what was packed, with permissions', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-zip-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const [a, b, archive] = [join(dir, 'a'), join(dir, 'b'), join(dir, 'o.zip')];
  writeFileSync(a, 'x'.repeat(10_000));
  writeFileSync(b, '');
  chmodSync(a, 0o755);
  await writeZip(archive, [
    { path: a, name: 'd/ä.sh' },
    { path: b, name: 'empty' },
  ]);
  const zip = await ZipReader.open(archive);
  assert.deepEqual(
    zip.entries.map((e) => [e.name, e.size, e.method, e.mode & 0o700]),
    [
      ['d/ä.sh', 10_000, 8, 0o700],
      ['empty', 0, 0, 0o600],
    ],
  );
  assert.equal((await zip.content(zip.entries[0] as never)).toString(), 'x'.repeat(10_000));
  await zip.close();
});

test('other programs read it, where there is one', { skip: spawnable('unzip') ? false : 'unzip is not here' }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-zip-'));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'a'), 'hello');
  await writeZip(join(dir, 'o.zip'), [{ path: join(dir, 'a'), name: 'a' }]);
  assert.match(execFileSync('unzip', ['-t', join(dir, 'o.zip')], { encoding: 'utf8' }), /No errors detected/);
});

test('what is no archive, or a broken one, is told', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-zip-'));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'text'), 'no zip');
  await assert.rejects(ZipReader.open(join(dir, 'text')), ZipError);
});

function spawnable(program: string): boolean {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
