/**
 * Builds the page: `npm run build` writes packages/web/dist, which the controller serves; each file also as gzip and brotli.
 *
 * `--optional` (npm's prepare): a failure is told, but does not fail the installation; the server then says that it has no page.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const web = path.join(root, 'packages/web');

async function main(): Promise<void> {
  await build({ configFile: path.join(web, 'vite.config.ts'), root: web, logLevel: 'warn', clearScreen: false });
  for (const file of globSync(path.join(web, 'dist/assets/*.{js,css}'))) {
    const text = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`the page was not built: ${(error as Error).stack}\n`);
  if (!process.argv.includes('--optional')) process.exitCode = 1;
}
