/**
 * Bundles the command for a fast start: `npm run build` writes packages/cli/dist (docs/adr/0005-bundle-for-the-start.md).
 *
 * - main.cjs: the whole command in one script.
 * - main.cache: V8's code for it, made after small builds have run, so that the functions of a usual build are in it.
 * - inputs.json: every source with its time and size. The launcher takes the bundle only while they all are as they were.
 *
 * `--optional` (npm's prepare): a failure is told, but does not fail the installation, since the sources run without a bundle.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'packages/cli/dist');
const require = createRequire(path.join(root, 'packages/pipeline/package.json'));

/** Loaded when first used, not when imported: together they cost more than a hello world itself. */
const LAZY_PACKAGES = ['yaml', 'smol-toml'];

/** Replaces modules by ones whose exports are getters; each name is looked up in the real module when it is used. */
const lazyModules: Plugin = {
  name: 'lazy-modules',
  setup(builder) {
    builder.onResolve({ filter: /^node:|^(yaml|smol-toml)$/ }, ({ path: name, namespace }) => {
      if (namespace === 'lazy') return name.startsWith('node:') ? { path: name, external: true } : undefined;
      return builtinModules.includes(name.replace(/^node:/, '')) || LAZY_PACKAGES.includes(name) ? { path: name, namespace: 'lazy' } : undefined;
    });
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path: name }) => {
      const real = (await import(name.startsWith('node:') ? name : require.resolve(name))) as Record<string, unknown>;
      const names = Object.keys(real).filter((key) => key !== 'default' && key !== '__esModule');
      const getters = names.map((key) => `get ${JSON.stringify(key)}(){return real()[${JSON.stringify(key)}]}`);
      // The default export of a module of Node's own is the module.
      return {
        contents: `const real=()=>require(${JSON.stringify(name)});module.exports={__esModule:true,get default(){return real()},${getters.join(',')}};`,
        resolveDir: path.join(root, 'packages/pipeline'),
      };
    });
  },
};

/** The server is a script of its own beside the command, so that the command stays small. */
const serverApart: Plugin = {
  name: 'server-apart',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/commands\/up\.ts$/ }, () => ({ path: 'up', namespace: 'server' }));
    builder.onResolve({ filter: /^\.\/server\.cjs$/, namespace: 'server' }, ({ path: name }) => ({ path: name, external: true }));
    builder.onLoad({ filter: /.*/, namespace: 'server' }, () => ({ contents: `exports.up = (args) => require('./server.cjs').up(args);` }));
  },
};

/** The command, the server, and the thread that runs builds' programs. */
const SCRIPTS = [
  { entry: 'packages/cli/src/main.ts', file: 'main.cjs', plugins: [lazyModules, serverApart] },
  { entry: 'packages/cli/src/commands/up.ts', file: 'server.cjs', plugins: [] },
  { entry: 'packages/controller/src/builds/worker/thread.ts', file: 'worker.cjs', plugins: [lazyModules] },
] as const;

async function bundle(into: string): Promise<void> {
  const sources = new Set<string>();
  for (const script of SCRIPTS) for (const input of await bundleOne(into, script)) sources.add(input);
  const inputs = ['package-lock.json', ...sources].map((input) => {
    const { mtimeMs, size } = statSync(path.join(root, input));
    return [input, mtimeMs, size];
  });
  writeFileSync(path.join(into, 'inputs.json'), JSON.stringify(inputs));
}

/** Answers the sources that are in it. Libraries change with package-lock.json alone. */
async function bundleOne(into: string, { entry, file, plugins }: (typeof SCRIPTS)[number]): Promise<string[]> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path.join(into, file),
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    mainFields: ['module', 'main'],
    plugins: [...plugins],
    // pg's own binding is used where it is installed; we have none.
    external: ['pg-native'],
    define: { 'import.meta.url': '__filename', 'import.meta.dirname': '__dirname' },
    // Identifiers stay: they stand in stack traces, and minifying them gains nothing measurable.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'ascii',
    logLevel: 'warning',
  });
  return Object.keys(result.metafile.inputs).filter((input) => !/^(lazy|server):/.test(input) && !input.includes('node_modules/'));
}

/** What the code cache is warmed with: both kinds of pipeline, a shell step, a failure. */
const WARM_UP = `
pipeline {
  agent any
  environment { A = 'a' }
  stages { stage('S') { steps { sh 'true'; echo "\${env.A} \${[1, 2].collect { it + 1 }}" } } }
}
`;

function warm(into: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-build-'));
  try {
    for (const [name, text] of [
      ['hello', "echo 'hello world'"],
      ['declarative', WARM_UP],
    ] as const) {
      writeFileSync(path.join(folder, name), text);
      const r = spawnSync(process.execPath, [path.join(root, 'packages/cli/bin/millrace.js'), 'run', name], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, MILLRACE_WRITE_CACHE: into },
      });
      if (r.status !== 0) throw new Error(`the bundle does not run:\n${r.stdout}${r.stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const into = `${dist}.${process.pid}`;
  mkdirSync(into, { recursive: true });
  try {
    await bundle(into);
    warm(into);
    rmSync(dist, { recursive: true, force: true });
    renameSync(into, dist);
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (e) {
  if (!process.argv.includes('--optional')) throw e;
  process.stderr.write(`The command was not bundled and runs from its sources: ${(e as Error).message}\n`);
}
