/** Every script beside this file must print what Groovy 2.4.21 printed (see record.ts), and fail as it failed. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { JavaThrowable, runScript } from '../../src/index.ts';

const here = import.meta.dirname;

for (const file of readdirSync(here)
  .filter((f) => f.endsWith('.groovy'))
  .sort()) {
  const name = file.slice(0, -'.groovy'.length);
  const recorded = join(here, `${name}.out`);
  test(name, { skip: !existsSync(recorded) }, () => {
    assert.equal(printed(readFileSync(join(here, file), 'utf8'), file), readFileSync(recorded, 'utf8'));
  });
}

function printed(source: string, fileName: string): string {
  let text = '';
  try {
    runScript(source, {
      fileName,
      print: (part: string) => {
        text += part;
      },
    });
  } catch (failure) {
    text += `!! ${firstLine(failure)}\n`;
  }
  return text;
}

function firstLine(failure: unknown): string {
  if (failure instanceof JavaThrowable) {
    if (failure.typeName.endsWith('.PowerAssertionError')) return 'Assertion failed: ';
    const name = failure.$class?.name ?? failure.typeName;
    return `${name}${failure.detail === null ? '' : `: ${failure.detail}`}`.split('\n')[0] as string;
  }
  return failure instanceof Error ? (`${failure.name}: ${failure.message}`.split('\n')[0] as string) : String(failure);
}
