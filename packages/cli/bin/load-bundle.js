// Loads a script of ../dist: NAME.cjs, with V8's code for it in NAME.cache. CommonJS, as the launcher.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

/** Where the scripts are. While they are built: where the caches are to be written. */
const writing = process.env.MILLRACE_WRITE_CACHE;
const dist = writing ?? path.join(__dirname, '..', 'dist');

/** Whether the bundle is there and no source is newer, another, or gone. Without sources (an image holds none) it is. */
function isFresh() {
  let inputs;
  try {
    inputs = JSON.parse(fs.readFileSync(path.join(dist, 'inputs.json'), 'latin1'));
  } catch {
    return false;
  }
  const root = path.join(__dirname, '..', '..', '..') + path.sep;
  if (!fs.existsSync(`${root}packages/cli/src`)) return true;
  for (const [name, mtimeMs, size] of inputs) {
    const found = fs.statSync(root + name, { throwIfNoEntry: false });
    if (found === undefined || found.mtimeMs !== mtimeMs || found.size !== size) return false;
  }
  return true;
}

/** Answers what it exports. `own`: how it requires what lies beside it. */
function loadBundle(name, own = require) {
  const file = path.join(dist, `${name}.cjs`);
  const cache = path.join(dist, `${name}.cache`);
  // A function of CommonJS' five arguments. It is ASCII: V8 keeps its bytes and makes no copy.
  const source = fs.readFileSync(file, 'latin1');
  let cachedData;
  // V8 itself checks that the cache is of this source, this V8 and these flags, and else compiles anew.
  if (fs.existsSync(cache)) cachedData = fs.readFileSync(cache);
  const script = new Script(source, { filename: file, cachedData });
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, own, loaded, file, dist);
  if (writing !== undefined) keep(script, cache);
  return loaded.exports;
}

/** When the process ends, so that the functions which ran are in it; a thread is ended without a word, and writes now and then. */
function keep(script, cache) {
  const write = () => {
    fs.writeFileSync(`${cache}.new`, script.createCachedData());
    fs.renameSync(`${cache}.new`, cache);
  };
  if (require('node:worker_threads').isMainThread) process.on('exit', write);
  else setInterval(write, 100).unref();
}

module.exports = { dist, isFresh, loadBundle };
