/**
 * Bundles the agent program into one file, packages/agent/dist/agent.cjs, which a server serves and an image holds. It needs
 * nothing but a Node.js of version 20 or later. `--optional`: a failure is told, but does not fail the installation.
 */
import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

export async function buildAgent(): Promise<string> {
  const file = path.join(root, 'packages/agent/dist/agent.cjs');
  mkdirSync(path.dirname(file), { recursive: true });
  // Written beside and moved, since a server may be serving it.
  const making = `${file}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: ['packages/agent/src/program/entry.ts'],
    outfile: making,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  });
  renameSync(making, file);
  return file;
}

if (import.meta.main) {
  try {
    const file = await buildAgent();
    process.stdout.write(`${path.relative(root, file)}: ${Math.round(statSync(file).size / 1024)} KB\n`);
  } catch (e) {
    if (!process.argv.includes('--optional')) throw e;
    process.stderr.write(`The agent was not bundled: ${(e as Error).message}\n`);
  }
}
