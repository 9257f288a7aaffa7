/** Documents that go together, and links that lead somewhere. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export function checkTexts(): string[] {
  const problems: string[] = [];
  const count = (file: string): number => (existsSync(file) ? (readFileSync(file, 'utf8').match(/^## /gm) ?? []).length : -1);
  for (const english of ['README.md', 'docs/kubernetes.md', ...globSync('docs/guide/*.md').filter((f) => !f.endsWith('.zh-CN.md'))]) {
    const chinese = english.replace(/\.md$/, '.zh-CN.md');
    if (count(chinese) < 0) problems.push(`${chinese} is missing`);
    else if (count(chinese) !== count(english)) problems.push(`${english} and ${chinese} do not have the same sections`);
  }
  for (const file of globSync('{*.md,docs/**/*.md}')) {
    for (const m of readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (!existsSync(path.join(path.dirname(file), m[1] as string))) problems.push(`${file}: the link ${m[1]} leads nowhere`);
    }
  }
  return problems;
}
