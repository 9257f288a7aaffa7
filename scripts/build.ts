/**
 * Bundles the command for a fast start: `npm run build` writes packages/cli/dist (docs/adr/0005-bundle-for-the-start.md).
 *
 * - main.cjs: the whole command in one script.
 * - main.cache: V8's code for it, made after small builds have run, so that the functions of a usual build are in it.
 * - inputs.json: every source with its time and size. The launcher takes the bundle only while they all are as they were.
 *
 * `--optional` (npm's prepare): a failure is told, but does not fail the installation, since the sources run without a bundle.
 */
import { spawn, spawnSync } from 'node:child_process';
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

/** Of the server: what most installations never use, in files of their own that are read when they are needed. */
const APART = ['@aws-sdk/client-s3', '@kubernetes/client-node', 'pg', '@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'];
const fileOf = (name: string): string => `${name.replace(/^@/, '').replace('/', '-')}.cjs`;

/** Replaces modules by ones whose exports are getters; each name is looked up in the real module when it is used. */
function lazyModules(isLazy: (name: string) => boolean): Plugin {
  return {
    name: 'lazy-modules',
    setup(builder) {
      builder.onResolve({ filter: /^[@\w]/ }, ({ path: name, namespace, kind }) => {
        if (namespace === 'lazy') return name.startsWith('node:') ? { path: name, external: true } : undefined;
        return kind === 'import-statement' && isLazy(name) ? { path: name, namespace: 'lazy' } : undefined;
      });
      builder.onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path: name }) => {
        const real = (await import(name.startsWith('node:') ? name : require.resolve(name))) as Record<string, unknown>;
        const names = Object.keys(real).filter((key) => key !== 'default' && key !== '__esModule' && /^\w+$/.test(key));
        const getters = names.map((key) => `get ${JSON.stringify(key)}(){return real()[${JSON.stringify(key)}]}`);
        // The default export of a module of Node's own, and of an old package, is the module.
        return {
          contents: `const real=()=>require(${JSON.stringify(name)});module.exports={__esModule:true,get default(){return real()},${getters.join(',')}};`,
          resolveDir: path.join(root, 'packages/pipeline'),
        };
      });
    },
  };
}

/** What works on the server's own data is a script of its own, which the launcher takes by itself. */
const noServer: Plugin = {
  name: 'no-server',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/commands\/(up|key)\.ts$/ }, ({ path: name }) => ({ path: path.basename(name, '.ts'), namespace: 'server' }));
    builder.onLoad({ filter: /.*/, namespace: 'server' }, ({ path: name }) => ({
      contents: `exports.${name} = () => { throw new Error('the launcher takes server.cjs'); };`,
    }));
    // It is read at each start of the command, which has no use for a server.
    builder.onLoad({ filter: /packages\/controller\/src\/index\.ts$/ }, () => ({ errors: [{ text: "the server is in the command's script" }] }));
  },
};

const apart: Plugin = {
  name: 'apart',
  setup(builder) {
    builder.onResolve({ filter: /^[@\w]/ }, ({ path: name }) => (APART.includes(name) ? { path: `./${fileOf(name)}`, external: true } : undefined));
  },
};

/** Zod's messages in other languages are a third of it, and are not used. */
const englishZod: Plugin = {
  name: 'english-zod',
  setup(builder) {
    builder.onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, ({ resolveDir, importer }) =>
      importer.includes(`${path.sep}zod${path.sep}`) ? { path: path.join(resolveDir, '../locales/en.js') } : undefined,
    );
  },
};

interface Bundled {
  readonly entry: string;
  readonly file: string;
  readonly plugins: readonly Plugin[];
  /** A function of CommonJS' five arguments, for packages/cli/bin/load-bundle.js; else a module as Node loads it. */
  readonly wrapped: boolean;
}

const isLazyOfCommand = (name: string): boolean => builtinModules.includes(name.replace(/^node:/, '')) || LAZY_PACKAGES.includes(name);
const isLazyOfServer = (name: string): boolean => LAZY_PACKAGES.includes(name);

/** The command, the server, and the thread that runs builds' programs. */
const SCRIPTS: readonly Bundled[] = [
  { entry: 'packages/cli/src/main.ts', file: 'main.cjs', plugins: [lazyModules(isLazyOfCommand), noServer, englishZod], wrapped: true },
  { entry: 'packages/cli/src/server.ts', file: 'server.cjs', plugins: [lazyModules(isLazyOfServer), apart, englishZod], wrapped: true },
  { entry: 'packages/controller/src/builds/worker/thread.ts', file: 'worker.cjs', plugins: [lazyModules(isLazyOfCommand)], wrapped: true },
  ...APART.map((name) => ({ entry: require.resolve(name), file: fileOf(name), plugins: [], wrapped: false })),
];

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
async function bundleOne(into: string, { entry, file, plugins, wrapped }: Bundled): Promise<string[]> {
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
    ...(wrapped ? { banner: { js: '(function(exports,require,module,__filename,__dirname){' }, footer: { js: '})' } } : {}),
    // What vm runs has no import(): esbuild makes it a require.
    supported: { 'dynamic-import': false },
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

async function warm(into: string): Promise<void> {
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
    await warmServer(into, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A server from its start until its example job has run. */
function warmServer(into: string, folder: string): Promise<void> {
  const args = [path.join(root, 'packages/cli/bin/millrace.js'), 'up', '--data', path.join(folder, 'data'), '--listen', '127.0.0.1:0'];
  const env: NodeJS.ProcessEnv = { ...process.env, MILLRACE_WRITE_CACHE: into };
  delete env['DATABASE_URL'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (piece: Buffer): void => {
    said += piece;
    // The thread has written its code by then.
    if (/The example job has run/.test(said)) setTimeout(() => child.kill('SIGTERM'), 500);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      clearTimeout(late);
      if (code === 0) resolve();
      else reject(new Error(`the bundled server does not run:\n${said}`));
    });
  });
}

async function main(): Promise<void> {
  const into = `${dist}.${process.pid}`;
  mkdirSync(into, { recursive: true });
  try {
    await bundle(into);
    await warm(into);
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
