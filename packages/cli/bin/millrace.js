#!/usr/bin/env node
// Starts the command on the Node that the project pins, whatever Node found this file. It takes the bundle in ../dist where
// that is as its sources are, and the sources else. CommonJS, since Node's module loader alone costs a tenth of the start.
'use strict';
const path = require('node:path');

const { dist, isFresh, loadBundle } = require('./load-bundle.js');

async function start() {
  const args = process.argv.slice(2);
  // As in ../src/server.ts.
  const server = ['up', 'key'].includes(process.argv[2]);
  if (server) {
    // Node's SQLite is a release candidate in Node 24; whoever starts a server can do nothing about it.
    process.removeAllListeners('warning');
    process.on('warning', (warning) => { if (!/SQLite/.test(warning.message)) process.stderr.write(`${warning.stack}\n`); });
  }
  if (isFresh()) {
    // What the server loads later lies beside it.
    const { main } = server ? loadBundle('server', require('node:module').createRequire(path.join(dist, 'server.cjs'))) : loadBundle('main');
    await main(args);
  } else {
    require('node:module').enableCompileCache?.();
    await (await import('../src/main.ts')).main(args);
  }
}

function startOnPinnedNode() {
  const { spawn } = require('node:child_process');
  const root = path.dirname(require.resolve('node/package.json'));
  const child = spawn(path.join(root, 'bin', 'node'), [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends its signals to both; those of others are passed on.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => { if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name); });
  child.on('exit', (code, signal) => { process.exit(code ?? (signal === null ? 1 : 128)); });
}

if (Number(process.versions.node.split('.')[0]) >= 24) start();
else startOnPinnedNode();
