/** Every error code that the code can give stands in docs/errors.md with what to do, and the reverse. */
import { globSync, readFileSync } from 'node:fs';

/** Codes are written whole in the source: MR_NODE_LOST. */
const CODE = /\bMR_[A-Z]+(?:_[A-Z]+)*\b/g;

export function checkErrorCodes(): string[] {
  const used = new Map<string, string>();
  for (const file of globSync('packages/*/src/**/*.ts')) {
    if (file.endsWith('.test.ts')) continue;
    for (const m of readFileSync(file, 'utf8').matchAll(CODE)) used.set(m[0], file);
  }
  const documented = new Set([...readFileSync('docs/errors.md', 'utf8').matchAll(CODE)].map((m) => m[0]));
  const problems: string[] = [];
  for (const [code, file] of used) if (!documented.has(code)) problems.push(`${code} (${file}) is not in docs/errors.md`);
  for (const code of documented) if (!used.has(code)) problems.push(`${code} stands in docs/errors.md, but no code gives it`);
  return problems;
}
