#!/usr/bin/env node
// Starts the command on the Node that the project pins, whatever Node found this file.
import * as nodeModule from 'node:module';

const major = Number(process.versions.node.split('.')[0]);
if (major >= 24) {
  nodeModule.enableCompileCache?.();
  const { main } = await import('../src/main.ts');
  await main(process.argv.slice(2));
} else {
  const { spawn } = await import('node:child_process');
  const { dirname, join } = await import('node:path');
  const { fileURLToPath } = await import('node:url');
  const root = dirname(nodeModule.createRequire(import.meta.url).resolve('node/package.json'));
  const child = spawn(join(root, 'bin', 'node'), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends its signals to both; those of others are passed on.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => { if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name); });
  child.on('exit', (code, signal) => { process.exit(code ?? (signal === null ? 1 : 128)); });
}
